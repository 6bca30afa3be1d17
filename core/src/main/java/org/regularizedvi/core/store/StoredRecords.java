package org.regularizedvi.core.store;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import org.regularizedvi.core.config.PriorConfig;
import org.regularizedvi.options.Spelling;

/**
 * Writes and reads records as JSON: names as Python writes them, and nothing left out that a record
 * asks for.
 */
public final class StoredRecords {
  /**
   * The mapper of every JSON file of a model folder. It fails where a file lacks what a record
   * holds.
   */
  public static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .propertyNamingStrategy(new PythonNames())
          .addMixIn(PriorConfig.class, PriorsInFile.class)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .build();

  /**
   * nHidden is n_hidden and libraryNHidden library_n_hidden; Jackson's own strategy takes NH for
   * one word.
   */
  private static final class PythonNames extends PropertyNamingStrategies.NamingBase {
    private static final long serialVersionUID = 1L;

    @Override
    public String translate(String name) {
      return Spelling.snake(name);
    }
  }

  /** Gives the order in which the file has had them since its first format. */
  @JsonPropertyOrder({"regulariseDispersion", "dispersionHyperPrior", "regulariseBackground"})
  private interface PriorsInFile {}

  private StoredRecords() {}
}
