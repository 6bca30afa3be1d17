package org.regularizedvi.data;

import java.nio.file.Path;
import java.util.List;
import org.regularizedvi.data.hdf5.H5File;

/** An .h5ad file opened for reading; what is large is read when asked for. */
public final class AnnDataFile implements AutoCloseable {
  private final H5File file;

  private AnnDataFile(H5File file) {
    this.file = file;
  }

  /**
   * Opens a file.
   *
   * @throws InputException when it is missing, a folder, unreadable, not HDF5, truncated, or not an
   *     AnnData file
   */
  public static AnnDataFile open(Path file) {
    return new AnnDataFile(H5File.open(file));
  }

  public Path path() {
    return file.path();
  }

  public int nObs() {
    throw new UnsupportedOperationException("Not built yet");
  }

  public int nVars() {
    throw new UnsupportedOperationException("Not built yet");
  }

  public List<String> obsNames() {
    throw new UnsupportedOperationException("Not built yet");
  }

  public List<String> varNames() {
    throw new UnsupportedOperationException("Not built yet");
  }

  public List<String> obsColumns() {
    throw new UnsupportedOperationException("Not built yet");
  }

  public boolean hasObs(String key) {
    throw new UnsupportedOperationException("Not built yet");
  }

  public Column obs(String key) {
    throw new UnsupportedOperationException("Not built yet");
  }

  public List<String> layers() {
    throw new UnsupportedOperationException("Not built yet");
  }

  public CountMatrix counts(CountSource source, CountChecks checks) {
    throw new UnsupportedOperationException("Not built yet");
  }

  public CountReader countReader(CountSource source, CountChecks checks) {
    throw new UnsupportedOperationException("Not built yet");
  }

  public FloatMatrix obsm(String key) {
    throw new UnsupportedOperationException("Not built yet");
  }

  public FloatMatrix varm(String key) {
    throw new UnsupportedOperationException("Not built yet");
  }

  public List<String> obsmKeys() {
    throw new UnsupportedOperationException("Not built yet");
  }

  public void requireUniqueVarNames() {
    throw new UnsupportedOperationException("Not built yet");
  }

  @Override
  public void close() {
    file.close();
  }
}
