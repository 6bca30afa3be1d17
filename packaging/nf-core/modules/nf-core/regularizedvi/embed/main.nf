process REGULARIZEDVI_EMBED {
    tag "$meta.id"
    label 'process_medium'

    conda "${moduleDir}/environment.yml"
    container "biocontainers/regularizedvi:0.2.0--0"

    input:
    tuple val(meta), path(counts)
    tuple val(meta2), path(model)

    output:
    tuple val(meta), path("${prefix}_embedded.${suffix}"), emit: cells
    path "versions.yml"                                  , emit: versions

    when:
    task.ext.when == null || task.ext.when

    script:
    def args = task.ext.args ?: ''
    prefix = task.ext.prefix ?: "${meta.id}"
    suffix = counts.name.endsWith('.h5mu') ? 'h5mu' : 'h5ad'
    // The rest of the memory is for what the program holds outside of the heap.
    def heap = task.memory ? "-Xmx${(task.memory.mega * 0.6).intValue()}m" : ''
    """
    JAVA_OPTS="$heap \${JAVA_OPTS:-}" regularizedvi \\
        embed \\
        $counts \\
        --model-dir $model \\
        --out ${prefix}_embedded.${suffix} \\
        --threads $task.cpus \\
        $args

    cat <<-END_VERSIONS > versions.yml
    "${task.process}":
        regularizedvi: \$(regularizedvi --version)
    END_VERSIONS
    """

    stub:
    prefix = task.ext.prefix ?: "${meta.id}"
    suffix = counts.name.endsWith('.h5mu') ? 'h5mu' : 'h5ad'
    """
    touch ${prefix}_embedded.${suffix}

    cat <<-END_VERSIONS > versions.yml
    "${task.process}":
        regularizedvi: \$(regularizedvi --version)
    END_VERSIONS
    """
}
