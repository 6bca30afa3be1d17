package org.regularizedvi.formats.tenx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.regularizedvi.cells.CellJoin;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cells.CountChecks;
import org.regularizedvi.cells.CountSource;
import org.regularizedvi.cells.Selection;
import org.regularizedvi.files.IfExists;
import org.regularizedvi.formats.Formats;
import org.regularizedvi.input.InputException;

/** Whatever is wrong with a 10x input is told in one sentence. */
final class TenxBadInputTest {
  private static final String HEAD = "%%MatrixMarket matrix coordinate integer general\n%\n";
  private static final String ENTRIES = "1 1 4\n3 1 1\n2 2 7\n";

  @TempDir private Path folder;
  private Path matrix;

  @BeforeEach
  void goodFolder() throws IOException {
    matrix = folder.resolve("matrix.mtx");
    Files.writeString(matrix, HEAD + "3 2 3\n" + ENTRIES);
    Files.writeString(folder.resolve("barcodes.tsv"), "AAA-1\nCCC-1\n");
    Files.writeString(folder.resolve("genes.tsv"), "E1\tA\nE2\tB\nE3\tC\n");
  }

  private void refused(String sentence) {
    assertThatThrownBy(
            () -> {
              try (CellSource cells = Formats.open(folder)) {
                cells.counts("");
              }
            })
        .isInstanceOf(InputException.class)
        .hasMessageContaining(sentence)
        .hasMessageContaining(folder.toString());
  }

  @Test
  void theGoodFolderIsGood() {
    try (CellSource cells = Formats.open(folder)) {
      assertThat(cells.counts("").nonzeros()).isEqualTo(3);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 1 4;3 1 1;2 2 7|has an entry in row 0 in line 4; expected 1 to 3.",
        "1 1 4;4 1 1;2 2 7|has an entry in row beyond the last in line 5; expected 1 to 3.",
        "1 1 4;3 3 1;2 2 7|has an entry in column beyond the last in line 5; expected 1 to 2.",
        "1 1 4;3 1 -1;2 2 7|has the value -1.0 in cell 'AAA-1', gene 'C'; expected counts of zero",
        "1 1 4;3 1 0.5;2 2 7|has the value 0.5 in cell 'AAA-1', gene 'C'; expected whole counts.",
        "1 1 4;3 1;2 2 7|is damaged: line 5 should end in a number, found ''.",
        "1 1 4;3 1 x7;2 2 7|is damaged: line 5 should end in a number, found 'x7'.",
        "1 1 4;3 1 7 9;2 2 7|is damaged: line 5 has more than one entry.",
        "1 1 4;-3 1 7;2 2 7|is damaged: line 5 should be an entry (row, column, value).",
        "1 1 4;3 1 1|is cut off: it says that it has 3 entries, but ends after 2.",
        "1 1 4;3 1 1;2 2 7;1 2 1|goes on after the 3 entries that it says it has, in line 7.",
      })
  void wrongEntries(String entries, String sentence) throws IOException {
    Files.writeString(matrix, HEAD + "3 2 3\n" + entries.replace(';', '\n') + "\n");
    refused(sentence);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "%%MatrixMarket matrix array integer general;3 2|is no matrix of counts: it should begin",
        "%%MatrixMarket matrix coordinate complex general;3 2 3|it should begin with",
        "%%MatrixMarket matrix coordinate integer symmetric;3 2 3|it should begin with",
        "gene,cell,count|it should begin with '%%MatrixMarket matrix coordinate",
        "%%MatrixMarket matrix coordinate integer general|ends before its sizes.",
        "%%MatrixMarket matrix coordinate integer general;3 2|should have three sizes",
        "%%MatrixMarket matrix coordinate integer general;3 2 x|should have three sizes",
        "%%MatrixMarket matrix coordinate integer general;3 -2 1|should have sizes from 0 to 2^31",
      })
  void wrongHeaders(String header, String sentence) throws IOException {
    Files.writeString(matrix, header.replace(';', '\n') + "\n");
    refused(sentence);
  }

  @Test
  void zerosAlone() throws IOException {
    Files.writeString(matrix, HEAD + "3 2 1\n1 1 0\n");
    refused("holds no counts at all: every value is zero.");
  }

  @Test
  void anEmptyMatrixFile() throws IOException {
    Files.writeString(matrix, "");
    refused("ends before its sizes.");
  }

  @Test
  void otherNumbersOfNames() throws IOException {
    Files.writeString(folder.resolve("barcodes.tsv"), "AAA-1\nCCC-1\nGGG-1\nTTT-1\n");
    refused(
        "is a matrix of 3 x 2, but there are names for 3 features and 4 barcodes; expected one of 3 x 4.");
  }

  @Test
  void aBarcodeTwice() throws IOException {
    Files.writeString(folder.resolve("barcodes.tsv"), "AAA-1\nAAA-1\n");
    assertThatThrownBy(() -> Formats.open(folder))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("The barcode 'AAA-1' in ")
        .hasMessageContaining("is there twice, for cells 0 and 1");
  }

  @Test
  void unevenFeatures() throws IOException {
    Files.writeString(folder.resolve("genes.tsv"), "E1\tA\nE2\nE3\tC\n");
    refused("has 1 column in line 2; expected 2 in all lines.");
    Files.writeString(folder.resolve("genes.tsv"), "E1\tA\tGene Expression\t1\n");
    refused("has 4 columns in line 1; expected 1, 2, 3 or 6 in all lines.");
  }

  @Test
  void onlyOtherFeatures() throws IOException {
    Files.writeString(
        folder.resolve("genes.tsv"), "E1\tA\tCustom\nE2\tB\tCustom\nE3\tC\tAntibody Capture\n");
    refused(
        "has no features of the types Gene Expression or Peaks, but 1 of type Antibody Capture, 2 of type Custom.");
  }

  @Test
  void missingAndSeveralFiles() throws IOException {
    Files.copy(matrix, folder.resolve("other_matrix.mtx"));
    refused(
        "has 2 matrices (matrix.mtx, other_matrix.mtx); name the file of the one that is meant.");
    try (CellSource cells = Formats.open(matrix)) {
      assertThat(cells.counts("").nonzeros()).isEqualTo(3);
    }
    Files.delete(folder.resolve("other_matrix.mtx"));
    Files.delete(folder.resolve("barcodes.tsv"));
    refused("has no file that ends in barcodes.tsv or barcodes.tsv.gz.");
  }

  @Test
  void damagedGzip() throws IOException {
    byte[] whole = gzip(HEAD + "3 2 3\n" + ENTRIES);
    Files.write(matrix, Arrays.copyOf(whole, whole.length - 12));
    refused("is cut off: its gzip data ends early; copy or download it again.");
    byte[] changed = whole.clone();
    changed[changed.length - 6] ^= 1;
    Files.write(matrix, changed);
    refused("is damaged: its gzip data cannot be decompressed (");
    byte[] names = gzip("AAA-1\nCCC-1\n");
    Files.write(folder.resolve("barcodes.tsv"), Arrays.copyOf(names, names.length - 9));
    refused("is cut off: its gzip data ends early; copy or download it again.");
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.US_ASCII));
    }
    return bytes.toByteArray();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "shape.h5|should have the shape 8 features x 12 barcodes, found [7, 12].",
        "indptr.h5|is damaged: indptr falls from 99 to ",
        "index.h5|is damaged: entry 2 of indices is 8, expected 0 to 7.",
        "negative.h5|has the value -3.0 in cell 'AAAAAAAA-1', gene 'gene",
        "short.h5|is damaged: indptr ends with ",
        "twice.h5|is there twice, for cells 0 and 1",
        "names.h5|has 7 names of features, but 8 entries of gene_ids; expected as many.",
        "antibodies.h5|Peaks, but 5 of type Antibody Capture.",
        "molecule_info.h5|holds no 10x matrix: expected a group 'matrix'",
      })
  void wrongH5(String file, String sentence) {
    assertThatThrownBy(
            () -> {
              try (CellSource cells = Formats.open(TenxInputs.at(file))) {
                cells.counts("");
              }
            })
        .isInstanceOf(InputException.class)
        .hasMessageContaining(sentence)
        .hasMessageContaining(file);
  }

  @Test
  void aCutFileIsRefused() throws IOException {
    byte[] whole = Files.readAllBytes(TenxInputs.at("v2.h5"));
    Path cut = folder.resolve("cut.h5");
    Files.write(cut, Arrays.copyOf(whole, whole.length / 2));
    assertThatThrownBy(
            () -> {
              Formats.requireWhole(cut);
              Formats.open(cut).close();
            })
        .isInstanceOf(InputException.class)
        .hasMessageContaining("cut.h5");
  }

  @Test
  void whatIsSelectedMustBeThere() {
    assertThatThrownBy(() -> Formats.open(folder, of(List.of("rna"), Map.of())))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("has one modality without a name; expected the modality 'rna'");
    assertThatThrownBy(
            () -> Formats.open(TenxInputs.at("arc"), of(Selection.ONE_MODALITY, Map.of())))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("has the modalities rna and atac; expected one alone.");
    assertThatThrownBy(
            () -> Formats.open(folder, of(List.of(), Map.of("", CountSource.layer("counts")))))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("has no layer 'counts'");
    try (CellSource cells = Formats.open(folder)) {
      assertThatThrownBy(() -> cells.cells().obs("sample"))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("has no column 'sample' in obs: a 10x matrix names its cells");
    }
  }

  private static Selection of(List<String> modalities, Map<String, CountSource> counts) {
    return new Selection(modalities, CellJoin.UNION, counts, CountChecks.INTEGERS);
  }

  @Test
  void anOutputHasTheNameOfAFormatThatIsWritten() {
    assertThatThrownBy(
            () -> Formats.requireOutput(folder, folder.resolve("out.h5"), IfExists.REFUSE))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "%s is a 10x folder (matrix.mtx, features.tsv, barcodes.tsv), which is only read, and its cells go into a new file: the output's name must end in .h5ad or .zarr or .zarr.zip, but is %s."
                .formatted(folder, folder.resolve("out.h5")));
    assertThatThrownBy(
            () ->
                Formats.requireOutput(
                    TenxInputs.at("multiome.h5"), folder.resolve("out.h5ad"), IfExists.REFUSE))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(
            "its modalities rna and atac go into a new file: the output's name must end in .h5mu");
    Formats.requireOutput(folder, folder.resolve("out.h5ad"), IfExists.REFUSE);
  }
}
