namespace ModelTraining;

/// <summary>
/// Delimited text as a source of rows. Delimiter, quote, header, decimal comma and types are detected, or said in <see cref="CsvOptions"/>. A
/// type is inferred from all values of a column: whole numbers are Integer (dates of eight digits too), numbers are Number, true and false are Boolean, dates
/// are DateTime, the rest is Text. Digits with leading zeros (02208) or too many for a 64-bit integer are codes and stay Text, but for the two digits of
/// months and hours (07). yes/no, t/f and numbers with units or grouped thousands stay Text for <c>Clean()</c> to make one. A column of numbers with a few
/// values that are none stays Text too, as none of them is dropped without being asked. Blanks around values are removed. What is packed with gzip is unpacked on the way. What is repaired on the way is reported.
/// </summary>
public static class Csv
{
    /// <summary>A file, or several of the same columns that are read as one table.</summary>
    /// <param name="path">The file. Its last part may hold * and ?: all files that match are read in the ordinal order of their names.</param>
    /// <param name="label">The column that the model learns to predict.</param>
    /// <param name="configure">Changes the options.</param>
    public static IDataSource File(string path, string? label = null, Func<CsvOptions, CsvOptions>? configure = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return new CsvSource(path, () => CsvFiles.Find(path, ".csv"), Options(label, configure));
    }

    /// <summary>Text in memory.</summary>
    /// <param name="text">The text, header and rows.</param>
    /// <param name="label">The column that the model learns to predict.</param>
    /// <param name="configure">Changes the options.</param>
    public static IDataSource Text(string text, string? label = null, Func<CsvOptions, CsvOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new CsvSource("CSV text", () => [CsvInput.Of(text, "CSV text")], Options(label, configure) with { Encoding = null });
    }

    /// <summary>A stream, read from where it stands. It is left open. One that can't seek can be read once.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="label">The column that the model learns to predict.</param>
    /// <param name="configure">Changes the options.</param>
    public static IDataSource Stream(Stream stream, string? label = null, Func<CsvOptions, CsvOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (!stream.CanRead) throw new ArgumentException("The stream can't be read: it is closed, or for writing only.", nameof(stream));
        var input = CsvInput.Of(stream, "CSV stream");
        return new CsvSource(input.Name, () => [input], Options(label, configure));
    }

    private static CsvOptions Options(string? label, Func<CsvOptions, CsvOptions>? configure)
    {
        var options = new CsvOptions { Label = label };
        return configure?.Invoke(options) ?? options;
    }
}
