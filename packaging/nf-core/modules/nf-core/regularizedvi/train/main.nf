process REGULARIZEDVI_TRAIN {
    tag "$meta.id"
    label 'process_high'

    conda "${moduleDir}/environment.yml"
    container "biocontainers/regularizedvi:0.2.0--0"

    input:
    tuple val(meta), path(counts)

    output:
    tuple val(meta), path("${prefix}_latent.${suffix}"), emit: cells
    tuple val(meta), path("${prefix}_model")           , emit: model
    path "versions.yml"                                , emit: versions

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
        train \\
        $counts \\
        --out ${prefix}_latent.${suffix} \\
        --model-dir ${prefix}_model \\
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
    touch ${prefix}_latent.${suffix}
    mkdir ${prefix}_model
    touch ${prefix}_model/model.json ${prefix}_model/model.safetensors ${prefix}_model/run.json

    cat <<-END_VERSIONS > versions.yml
    "${task.process}":
        regularizedvi: \$(regularizedvi --version)
    END_VERSIONS
    """
}
