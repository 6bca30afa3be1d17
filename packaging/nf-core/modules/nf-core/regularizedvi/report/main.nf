process REGULARIZEDVI_REPORT {
    tag "$meta.id"
    label 'process_medium'

    conda "${moduleDir}/environment.yml"
    container "biocontainers/regularizedvi:0.2.0--0"

    input:
    tuple val(meta), path(counts), path(model)

    output:
    tuple val(meta), path("${prefix}.html")     , emit: report
    tuple val(meta), path("${prefix}_metrics")  , emit: metrics
    path "${prefix}_metrics/*_mqc.json"         , emit: multiqc
    path "versions.yml"                         , emit: versions

    when:
    task.ext.when == null || task.ext.when

    script:
    def args = task.ext.args ?: ''
    prefix = task.ext.prefix ?: "${meta.id}"
    // The rest of the memory is for what the program holds outside of the heap.
    def heap = task.memory ? "-Xmx${(task.memory.mega * 0.6).intValue()}m" : ''
    """
    JAVA_OPTS="$heap \${JAVA_OPTS:-}" regularizedvi \\
        report \\
        $counts \\
        --model-dir $model \\
        --out ${prefix}.html \\
        --metrics-out ${prefix}_metrics \\
        --threads $task.cpus \\
        $args

    cat <<-END_VERSIONS > versions.yml
    "${task.process}":
        regularizedvi: \$(regularizedvi --version)
    END_VERSIONS
    """

    stub:
    prefix = task.ext.prefix ?: "${meta.id}"
    """
    touch ${prefix}.html
    mkdir ${prefix}_metrics
    touch ${prefix}_metrics/metrics.json ${prefix}_metrics/metrics.csv ${prefix}_metrics/regularizedvi_mqc.json

    cat <<-END_VERSIONS > versions.yml
    "${task.process}":
        regularizedvi: \$(regularizedvi --version)
    END_VERSIONS
    """
}
