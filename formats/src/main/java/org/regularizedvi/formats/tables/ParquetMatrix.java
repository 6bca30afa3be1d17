package org.regularizedvi.formats.tables;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.StringType;
import org.apache.parquet.format.Type;
import org.apache.parquet.format.Util;
import org.regularizedvi.cells.NamedMatrix;

/**
 * Writes a matrix as Parquet: a required column of text, then required columns of float32, in row
 * groups of 65,536 rows with one page per column, plain and uncompressed, as latent numbers hardly
 * compress. Of the format, headers and footer are the work of Parquet's own classes
 * (DECISIONS/0015).
 */
final class ParquetMatrix {
  private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
  private static final int GROUP_ROWS = 1 << 16;
  private static final int FORMAT_VERSION = 1;

  private final OutputStream out;
  private final NamedMatrix matrix;
  private long position;

  private ParquetMatrix(OutputStream out, NamedMatrix matrix) {
    this.out = out;
    this.matrix = matrix;
  }

  /** Writes the matrix into a stream, which stays open. */
  static void write(OutputStream out, NamedMatrix matrix) throws IOException {
    new ParquetMatrix(out, matrix).write();
  }

  private void write() throws IOException {
    put(MAGIC);
    int rows = matrix.values().rows();
    List<RowGroup> groups = new ArrayList<>();
    for (int from = 0; from < rows; from += Math.min(GROUP_ROWS, rows - from)) {
      groups.add(group(from, from + Math.min(GROUP_ROWS, rows - from)));
    }
    ByteArrayOutputStream footer = new ByteArrayOutputStream();
    Util.writeFileMetaData(new FileMetaData(FORMAT_VERSION, schema(), rows, groups), footer);
    put(footer.toByteArray());
    put(little(Integer.BYTES).putInt(footer.size()).array());
    put(MAGIC);
  }

  private void put(byte[] bytes) throws IOException {
    out.write(bytes);
    position += bytes.length;
  }

  private static ByteBuffer little(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private List<SchemaElement> schema() {
    SchemaElement root = new SchemaElement("schema").setNum_children(matrix.columns().size() + 1);
    List<SchemaElement> schema = new ArrayList<>(List.of(root));
    schema.add(
        required(matrix.rows(), Type.BYTE_ARRAY)
            .setConverted_type(ConvertedType.UTF8)
            .setLogicalType(LogicalType.STRING(new StringType())));
    matrix.columns().forEach(name -> schema.add(required(name, Type.FLOAT)));
    return schema;
  }

  private static SchemaElement required(String name, Type type) {
    return new SchemaElement(name).setType(type).setRepetition_type(FieldRepetitionType.REQUIRED);
  }

  private RowGroup group(int from, int to) throws IOException {
    long start = position;
    List<ColumnChunk> chunks = new ArrayList<>();
    chunks.add(chunk(matrix.rows(), Type.BYTE_ARRAY, names(from, to), to - from));
    for (int column = 0; column < matrix.columns().size(); column++) {
      byte[] page = numbers(column, from, to);
      chunks.add(chunk(matrix.columns().get(column), Type.FLOAT, page, to - from));
    }
    return new RowGroup(chunks, position - start, to - from);
  }

  private ColumnChunk chunk(String name, Type type, byte[] page, int rows) throws IOException {
    long start = position;
    ByteArrayOutputStream header = new ByteArrayOutputStream();
    Util.writePageHeader(
        new PageHeader(PageType.DATA_PAGE, page.length, page.length)
            .setData_page_header(
                new DataPageHeader(rows, Encoding.PLAIN, Encoding.RLE, Encoding.RLE)),
        header);
    put(header.toByteArray());
    put(page);
    long size = position - start;
    return new ColumnChunk(0)
        .setMeta_data(
            new ColumnMetaData(
                type,
                List.of(Encoding.PLAIN),
                List.of(name),
                CompressionCodec.UNCOMPRESSED,
                rows,
                size,
                size,
                start));
  }

  private byte[] names(int from, int to) {
    ByteArrayOutputStream page = new ByteArrayOutputStream();
    for (String name : matrix.rowNames().subList(from, to)) {
      byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
      page.writeBytes(little(Integer.BYTES).putInt(utf8.length).array());
      page.writeBytes(utf8);
    }
    return page.toByteArray();
  }

  private byte[] numbers(int column, int from, int to) {
    ByteBuffer page = little((to - from) * Float.BYTES);
    for (int row = from; row < to; row++) {
      page.putFloat(matrix.values().at(row, column));
    }
    return page.array();
  }
}
