package org.regularizedvi.formats.anndata;

import java.util.List;
import org.regularizedvi.cells.Addition;
import org.regularizedvi.cells.AdditionCheck;
import org.regularizedvi.cells.CountSource;

/**
 * Says where additions go that have a value for each feature of the counts. Features of raw that
 * are not those of the file itself have their columns and matrices in raw, and their matrices of
 * cells x features in obsm, as raw has no layers.
 */
public final class RawAdditions {
  private RawAdditions() {}

  /**
   * {@return additions, some of them as what belongs to raw}
   *
   * @param file the file, or a modality of one
   * @param source where its counts are
   * @param additions what is to be written into a copy of it
   */
  public static List<Addition> placed(
      AnnDataFile file, CountSource source, List<Addition> additions) {
    AnnDataFile counted = file.at(source);
    if (counted.varNames().equals(file.varNames())) {
      return additions;
    }
    return additions.stream().map(addition -> placed(counted, addition)).toList();
  }

  private static Addition placed(AnnDataFile raw, Addition addition) {
    return switch (addition) {
      case Addition.VarColumn _, Addition.Varm _ -> {
        AdditionCheck.requireSizes(List.of(addition), raw.nObs(), raw.nVars());
        yield new Addition.OfRaw(addition);
      }
      case Addition.OfLayer _ -> new Addition.OfRaw(addition);
      case Addition.ObsColumn _,
          Addition.Obsm _,
          Addition.Obsp _,
          Addition.Uns _,
          Addition.OfRaw _ ->
          addition;
    };
  }
}
