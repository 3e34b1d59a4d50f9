namespace ModelTraining;

/// <summary>
/// JSON Lines as a source of rows: one object a line (jsonlines.org; NDJSON is the same). Keys become columns in the order in which they first appear; a key that a
/// line does not have is a missing value, as null is. Numbers are Integer where all are whole, else Number; true and false are Boolean; strings are DateTime where all
/// are dates (ISO 8601, or with a month's name), else Text. A column of several kinds is Text, which is reported. Objects in objects are flattened: address.city. Arrays
/// are an error, unless their key is ignored. What is packed with gzip is unpacked on the way.
/// </summary>
public static class JsonLines
{
    /// <summary>A file, or several that are read as one table.</summary>
    /// <param name="path">The file. Its last part may hold * and ?: all files that match are read in the ordinal order of their names.</param>
    /// <param name="label">The column that the model learns to predict.</param>
    /// <param name="configure">Changes the options.</param>
    public static IDataSource File(string path, string? label = null, Func<JsonLinesOptions, JsonLinesOptions>? configure = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return new JsonLinesSource(path, () => CsvFiles.Find(path, ".jsonl"), Options(label, configure));
    }

    /// <summary>Text in memory.</summary>
    /// <param name="text">The text, one object a line.</param>
    /// <param name="label">The column that the model learns to predict.</param>
    /// <param name="configure">Changes the options.</param>
    public static IDataSource Text(string text, string? label = null, Func<JsonLinesOptions, JsonLinesOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new JsonLinesSource("JSON text", () => [CsvInput.Of(text, "JSON text")], Options(label, configure) with { Encoding = null });
    }

    /// <summary>A stream, read from where it stands. It is left open. One that can't seek can be read once.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="label">The column that the model learns to predict.</param>
    /// <param name="configure">Changes the options.</param>
    public static IDataSource Stream(Stream stream, string? label = null, Func<JsonLinesOptions, JsonLinesOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (!stream.CanRead) throw new ArgumentException("The stream can't be read: it is closed, or for writing only.", nameof(stream));
        var input = CsvInput.Of(stream, "JSON stream");
        return new JsonLinesSource(input.Name, () => [input], Options(label, configure));
    }

    private static JsonLinesOptions Options(string? label, Func<JsonLinesOptions, JsonLinesOptions>? configure)
    {
        var options = new JsonLinesOptions { Label = label };
        return configure?.Invoke(options) ?? options;
    }
}
