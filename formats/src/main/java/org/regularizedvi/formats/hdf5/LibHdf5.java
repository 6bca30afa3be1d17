package org.regularizedvi.formats.hdf5;

/**
 * Gives the C functions and constants of libhdf5 in use, named as there; see {@link Function#of}
 * for the signatures.
 */
final class LibHdf5 {
  static final Function OPEN_LIBRARY = Function.of("H5open", "I");
  static final Function DONT_ATEXIT = Function.of("H5dont_atexit", "I");
  static final Function ALLOCATE = Function.of("H5allocate_memory", "LLI");
  static final Function FREE = Function.of("H5free_memory", "IL");
  static final Function ERROR_AUTO = Function.of("H5Eset_auto2", "ILLL");
  static final Function ERROR_WALK = Function.of("H5Ewalk2", "ILILL");
  static final Function ERROR_CLEAR = Function.of("H5Eclear2", "IL");
  static final Function ID_RELEASE = Function.of("H5Idec_ref", "IL");
  static final Function ID_TYPE = Function.of("H5Iget_type", "IL");

  static final Function FILE_OPEN = Function.of("H5Fopen", "LLIL");
  static final Function FILE_CREATE = Function.of("H5Fcreate", "LLILL");
  static final Function FILE_FLUSH = Function.of("H5Fflush", "ILI");
  static final Function FILE_CLOSE = Function.of("H5Fclose", "IL");

  static final Function OBJECT_OPEN = Function.of("H5Oopen", "LLLL");
  static final Function OBJECT_INFO = Function.of("H5Oget_info3", "ILLI");
  static final Function OBJECT_EXISTS = Function.of("H5Oexists_by_name", "ILLL");
  static final Function LINK_EXISTS = Function.of("H5Lexists", "ILLL");
  static final Function LINK_ITERATE = Function.of("H5Literate2", "ILIILLL");
  static final Function LINK_INFO = Function.of("H5Lget_info2", "ILLLL");
  static final Function LINK_DELETE = Function.of("H5Ldelete", "ILLL");
  static final Function GROUP_CREATE = Function.of("H5Gcreate2", "LLLLLL");

  static final Function DATASET_OPEN = Function.of("H5Dopen2", "LLLL");
  static final Function DATASET_CREATE = Function.of("H5Dcreate2", "LLLLLLLL");
  static final Function DATASET_SPACE = Function.of("H5Dget_space", "LL");
  static final Function DATASET_TYPE = Function.of("H5Dget_type", "LL");
  static final Function DATASET_PLIST = Function.of("H5Dget_create_plist", "LL");
  static final Function DATASET_STORAGE = Function.of("H5Dget_storage_size", "LL");
  static final Function DATASET_CHUNKS = Function.of("H5Dchunk_iter", "ILLLL");
  static final Function DATASET_READ = Function.of("H5Dread", "ILLLLLL");
  static final Function DATASET_WRITE = Function.of("H5Dwrite", "ILLLLLL");

  static final Function SPACE_CREATE = Function.of("H5Screate", "LI");
  static final Function SPACE_SIMPLE = Function.of("H5Screate_simple", "LILL");
  static final Function SPACE_CLASS = Function.of("H5Sget_simple_extent_type", "IL");
  static final Function SPACE_RANK = Function.of("H5Sget_simple_extent_ndims", "IL");
  static final Function SPACE_DIMS = Function.of("H5Sget_simple_extent_dims", "ILLL");
  static final Function SPACE_SELECT = Function.of("H5Sselect_hyperslab", "ILILLLL");

  static final Function TYPE_COPY = Function.of("H5Tcopy", "LL");
  static final Function TYPE_CREATE = Function.of("H5Tcreate", "LIL");
  static final Function TYPE_CLASS = Function.of("H5Tget_class", "IL");
  static final Function TYPE_SIZE = Function.of("H5Tget_size", "LL");
  static final Function TYPE_SET_SIZE = Function.of("H5Tset_size", "ILL");
  static final Function TYPE_SET_CHARSET = Function.of("H5Tset_cset", "ILI");
  static final Function TYPE_SIGN = Function.of("H5Tget_sign", "IL");
  static final Function TYPE_PRECISION = Function.of("H5Tget_precision", "LL");
  static final Function TYPE_OFFSET = Function.of("H5Tget_offset", "IL");
  static final Function TYPE_EXPONENT_BIAS = Function.of("H5Tget_ebias", "LL");
  static final Function TYPE_FIELDS = Function.of("H5Tget_fields", "ILLLLLL");
  static final Function TYPE_PADDING = Function.of("H5Tget_strpad", "IL");
  static final Function TYPE_IS_VARIABLE = Function.of("H5Tis_variable_str", "IL");
  static final Function TYPE_INSERT = Function.of("H5Tinsert", "ILLLL");
  static final Function TYPE_ENUM = Function.of("H5Tenum_create", "LL");
  static final Function TYPE_ENUM_INSERT = Function.of("H5Tenum_insert", "ILLL");
  static final Function TYPE_MEMBERS = Function.of("H5Tget_nmembers", "IL");
  static final Function TYPE_MEMBER_NAME = Function.of("H5Tget_member_name", "LLI");
  static final Function TYPE_MEMBER_INDEX = Function.of("H5Tget_member_index", "ILL");
  static final Function TYPE_MEMBER_TYPE = Function.of("H5Tget_member_type", "LLI");
  static final Function TYPE_RECLAIM = Function.of("H5Treclaim", "ILLLL");

  static final Function PLIST_CREATE = Function.of("H5Pcreate", "LL");
  static final Function PLIST_CLOSE_DEGREE = Function.of("H5Pset_fclose_degree", "ILI");
  static final Function PLIST_LOCKING = Function.of("H5Pset_file_locking", "ILII");
  static final Function PLIST_USER_BLOCK = Function.of("H5Pset_userblock", "ILL");
  static final Function PLIST_SET_CHUNK = Function.of("H5Pset_chunk", "ILIL");
  static final Function PLIST_GET_CHUNK = Function.of("H5Pget_chunk", "ILIL");
  static final Function PLIST_LAYOUT = Function.of("H5Pget_layout", "IL");
  static final Function PLIST_EXTERNAL = Function.of("H5Pget_external_count", "IL");
  static final Function PLIST_CHUNK_CACHE = Function.of("H5Pset_chunk_cache", "ILLLD");
  static final Function PLIST_DEFLATE = Function.of("H5Pset_deflate", "ILI");
  static final Function PLIST_SHUFFLE = Function.of("H5Pset_shuffle", "IL");
  static final Function PLIST_TRACK_TIMES = Function.of("H5Pset_obj_track_times", "ILI");
  static final Function PLIST_CHARSET = Function.of("H5Pset_char_encoding", "ILI");
  static final Function PLIST_FILTERS = Function.of("H5Pget_nfilters", "IL");
  static final Function PLIST_FILTER = Function.of("H5Pget_filter2", "ILILLLLLL");
  static final Function FILTER_REGISTER = Function.of("H5Zregister", "IL");
  static final Function FILTER_AVAILABLE = Function.of("H5Zfilter_avail", "II");

  static final Function ATTRIBUTE_EXISTS = Function.of("H5Aexists", "ILL");
  static final Function ATTRIBUTE_ITERATE = Function.of("H5Aiterate2", "ILIILLL");
  static final Function ATTRIBUTE_OPEN = Function.of("H5Aopen", "LLLL");
  static final Function ATTRIBUTE_CREATE = Function.of("H5Acreate2", "LLLLLLL");
  static final Function ATTRIBUTE_DELETE = Function.of("H5Adelete", "ILL");
  static final Function ATTRIBUTE_SPACE = Function.of("H5Aget_space", "LL");
  static final Function ATTRIBUTE_TYPE = Function.of("H5Aget_type", "LL");
  static final Function ATTRIBUTE_READ = Function.of("H5Aread", "ILLL");
  static final Function ATTRIBUTE_WRITE = Function.of("H5Awrite", "ILLL");

  static final int ID_GROUP = 2;
  static final int ID_DATASET = 5;
  static final int CLOSE_STRONG = 3;
  static final int UTF8 = 1;
  static final int LAYOUT_CHUNKED = 2;
  static final int LAYOUT_VIRTUAL = 3;
  static final int LINK_HARD = 0;
  static final int LINK_SOFT = 1;
  static final int LINK_EXTERNAL = 64;
  static final int LINK_INFO_BYTES = 64;
  static final int OBJECT_INFO_BYTES = 256;
  static final int OBJECT_INFO_BASIC = 1;
  static final int SPACE_NULL = 2;
  static final int SPACE_SCALAR = 0;
  static final long VARIABLE = -1L;

  private LibHdf5() {}

  /**
   * Readies the library: silent on standard error, no work at exit, with the filters written in
   * Java.
   */
  static void start() {
    Started.now();
  }

  private static final class Started {
    static {
      // A half-written file must not be finished behind our back when the JVM ends.
      DONT_ATEXIT.call();
      OPEN_LIBRARY.call();
      ERROR_AUTO.call(0, 0, 0);
      Filters.register();
    }

    static void now() {
      Hdf5Lock.requireHeld();
    }
  }
}
