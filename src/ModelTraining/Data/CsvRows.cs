using System.Text;
using CsvHelper;

namespace ModelTraining;

/// <summary>Takes rows from the parser into columns: trims, knows missing values, and sees to rows that do not fit.</summary>
internal sealed class CsvRows
{
    private readonly CsvOptions _options;
    private readonly RepairTally _short = new();
    private readonly RepairTally _emptyTooMany = new();
    private readonly RepairTally _skipped = new();
    private readonly RowSampler _sampler;
    private readonly int[] _positions;
    private string _input = "";

    /// <param name="names">The names of the fields.</param>
    /// <param name="header">The header as it is written; null when there is none.</param>
    /// <param name="options">How ragged rows and missing values are read.</param>
    /// <param name="sampler">Which rows are taken.</param>
    /// <param name="spill">Where rows go once it is on; null for memory.</param>
    public CsvRows(string[] names, string[]? header, CsvOptions options, RowSampler sampler, SpillStore? spill = null)
    {
        _sampler = sampler;
        _options = options;
        (Names, Header) = (names, header);
        var markers = new MissingMarkers(options);
        _positions = [.. Enumerable.Range(0, names.Length).Where(i => options.Columns.Count == 0 || options.Columns.Contains(names[i], StringComparer.Ordinal))];
        ColumnNames = [.. _positions.Select(position => names[position])];
        Columns = new WrittenColumn[_positions.Length];
        for (var i = 0; i < Columns.Length; i++) Columns[i] = new WrittenColumn(markers, spill);
        if (Array.IndexOf(ColumnNames, options.Label) is var label and >= 0) sampler.Classes = () => RowClasses.Of(Columns[label]);
    }

    /// <summary>The names of all fields.</summary>
    public string[] Names { get; }

    /// <summary>The names of <see cref="Columns"/>.</summary>
    public string[] ColumnNames { get; }

    public string[]? Header { get; }

    /// <summary>The columns that are read.</summary>
    public WrittenColumn[] Columns { get; }

    /// <summary>What the rows take, or will take as a table, whichever is more.</summary>
    public long Bytes => Columns.Sum(column => column.Bytes);

    public RowPlaces Places { get; } = new();

    /// <summary>The rows that follow are of the input called <paramref name="name"/>.</summary>
    public void Enter(string name)
    {
        _input = name;
        Places.Enter(name);
    }

    /// <summary>Takes the record that <paramref name="reader"/> is on.</summary>
    /// <param name="reader">The parser.</param>
    /// <param name="linesBefore">The lines of the input that it has not been given.</param>
    /// <exception cref="ModelTrainingException">MT2103: it has not as many fields as there are columns, and that can't be repaired.</exception>
    public void Take(CsvReader reader, long linesBefore = 0)
    {
        var count = reader.FieldCount;
        if (count != Names.Length && !Fits(reader, count)) return;
        if (!_sampler.Takes()) return;
        var (columns, positions) = (Columns, _positions);
        for (var i = 0; i < columns.Length; i++) columns[i].Append(positions[i] < count ? Trimmed(reader.GetSpan(positions[i])) : default);
        Places.Add(linesBefore + reader.LineNumber);
        if (_sampler.Drops(atEnd: false, out var kept)) Keep(kept);
    }

    /// <summary>To be called when no row follows.</summary>
    public void End()
    {
        if (_sampler.Drops(atEnd: true, out var kept)) Keep(kept);
    }

    private void Keep(int[] rows)
    {
        foreach (var column in Columns) column.Keep(rows);
        Places.Keep(rows);
    }

    public void Report(SourceContext context, string source)
    {
        _short.Report(context, source, "row ends early", "rows end early", "the values that are not there are missing");
        _emptyTooMany.Report(context, source, "row has empty fields too many", "rows have empty fields too many", "they are left out");
        _skipped.Report(context, source, $"row has not {Names.Length} fields", $"rows have not {Names.Length} fields", "left out, as RaggedRows says");
    }

    private bool Fits(CsvReader reader, int count)
    {
        if (IsBlank(reader)) return false;
        var line = reader.LineNumber;
        if (_options.RaggedRows == RaggedRows.Skip)
        {
            _skipped.Add(_input, line);
            return false;
        }

        if (_options.RaggedRows == RaggedRows.Error) throw Ragged(reader, count, "Correct the row, or say RaggedRows = RaggedRows.Repair or Skip.");
        if (count < Names.Length)
        {
            _short.Add(_input, line);
            return true;
        }

        for (var i = Names.Length; i < count; i++)
        {
            if (!Trimmed(reader.GetSpan(i)).IsEmpty) throw Ragged(reader, count, $"The first too many is '{Excerpt.Of(reader.GetString(i))}'. Put values that hold the delimiter in quotes, name all columns, say another Delimiter, or leave such rows out by RaggedRows = RaggedRows.Skip.");
        }

        _emptyTooMany.Add(_input, line);
        return true;
    }

    private ModelTrainingException Ragged(CsvReader reader, int count, string fix)
    {
        var breaks = reader.RawRecord.Count((byte)'\n');
        var lines = breaks > 0 ? $"lines {reader.LineNumber} to {reader.LineNumber + breaks}" : $"line {reader.LineNumber}";
        return new ModelTrainingException("MT2103", $"{_input}, {lines}: the row has {count} fields, there are {Names.Length} columns (the last is '{Names[^1]}'). {fix}");
    }

    /// <summary>Whether the record that <paramref name="reader"/> is on is a line of blanks.</summary>
    public static bool IsBlank(CsvReader reader) => reader.FieldCount == 1 && Trimmed(reader.GetSpan(0)).IsEmpty;

    /// <summary>Without the blanks around it.</summary>
    public static ReadOnlySpan<byte> Trimmed(ReadOnlySpan<byte> value)
    {
        // Most fields have no blank around them, or one before.
        if (value is [(byte)' ', ..]) value = value[1..];
        return value.IsEmpty || (IsVisible(value[0]) && IsVisible(value[^1])) ? value : TrimmedOfAll(value);
    }

    private static ReadOnlySpan<byte> TrimmedOfAll(ReadOnlySpan<byte> value)
    {
        var (start, end) = (0, value.Length);
        while (start < end && IsBlank(value[start])) start++;
        while (end > start && IsBlank(value[end - 1])) end--;
        value = value[start..end];

        // Blanks outside of ASCII are rare, and two or three bytes long.
        return value.IsEmpty || (value[0] < 0x80 && value[^1] < 0x80) ? value : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(value).Trim());
    }

    private static bool IsVisible(byte value) => (uint)(value - '!') <= '~' - '!';

    private static bool IsBlank(byte value) => value == ' ' || (uint)(value - '\t') <= '\r' - '\t';
}
