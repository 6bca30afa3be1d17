// Trains on cells, embeds them under the model and reports on it: each module once, for a trial of the modules with a real Nextflow.
include { REGULARIZEDVI_TRAIN  } from './modules/nf-core/regularizedvi/train/main'
include { REGULARIZEDVI_EMBED  } from './modules/nf-core/regularizedvi/embed/main'
include { REGULARIZEDVI_REPORT } from './modules/nf-core/regularizedvi/report/main'

workflow {
    cells = Channel.of([[id: 'cells'], file(params.cells, checkIfExists: true)])
    REGULARIZEDVI_TRAIN(cells)
    REGULARIZEDVI_EMBED(cells, REGULARIZEDVI_TRAIN.out.model)
    REGULARIZEDVI_REPORT(cells.join(REGULARIZEDVI_TRAIN.out.model))
    REGULARIZEDVI_TRAIN.out.cells
        .mix(REGULARIZEDVI_EMBED.out.cells, REGULARIZEDVI_REPORT.out.report, REGULARIZEDVI_REPORT.out.metrics)
        .view { meta, made -> "${meta.id}: ${made.name}" }
    REGULARIZEDVI_TRAIN.out.versions
        .mix(REGULARIZEDVI_EMBED.out.versions, REGULARIZEDVI_REPORT.out.versions)
        .view { it.text }
}
