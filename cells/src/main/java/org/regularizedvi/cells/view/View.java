package org.regularizedvi.cells.view;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cells.CellTable;
import org.regularizedvi.cells.CountReader;
import org.regularizedvi.cells.Counts;
import org.regularizedvi.cells.Destination;
import org.regularizedvi.cells.FeatureTable;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.cells.TableAdditions;
import org.regularizedvi.files.IfExists;

/** Shows a source as it is, but for what an implementation shows otherwise. */
interface View extends CellSource {
  /** {@return the source, which closing this closes} */
  CellSource all();

  @Override
  default List<Path> paths() {
    return all().paths();
  }

  @Override
  default CellTable cells() {
    return all().cells();
  }

  @Override
  default FloatMatrix obsm(String key) {
    return all().obsm(key);
  }

  @Override
  default List<String> obsmKeys() {
    return all().obsmKeys();
  }

  @Override
  default List<String> notes() {
    return all().notes();
  }

  @Override
  default List<String> modalities() {
    return all().modalities();
  }

  @Override
  default FeatureTable features(String modality) {
    return all().features(modality);
  }

  @Override
  default Counts counts(String modality) {
    return all().counts(modality);
  }

  @Override
  default Optional<Counts> onDisk(String modality) {
    return all().onDisk(modality);
  }

  @Override
  default CountReader countReader(String modality) {
    return all().countReader(modality);
  }

  @Override
  default void requireWritable(Destination to, IfExists ifExists) {
    all().requireWritable(to, ifExists);
  }

  @Override
  default void write(Destination to, TableAdditions additions, IfExists ifExists) {
    all().write(to, additions, ifExists);
  }

  @Override
  default void close() {
    all().close();
  }
}
