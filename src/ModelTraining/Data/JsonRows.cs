using System.Text;
using System.Text.Json;

namespace ModelTraining;

/// <summary>Takes lines of JSON into columns.</summary>
/// <param name="options">Which keys are ignored, and what is missing.</param>
/// <param name="sampler">Which lines are taken; the others are not parsed.</param>
/// <param name="context">Takes repairs, and says where rows go that do not fit into memory.</param>
internal sealed class JsonRows(JsonLinesOptions options, RowSampler sampler, SourceContext context)
{
    /// <summary>How deep objects may be within objects.</summary>
    public const int MostLevels = 8;

    /// <summary>More columns than these are no columns: the keys themselves are data.</summary>
    public const int MostColumns = 10_000;

    private const int Around = 20;

    private readonly JsonKey _root = new("", level: 0);
    private readonly List<JsonColumn> _columns = [];
    private readonly Dictionary<string, JsonColumn> _byName = new(StringComparer.Ordinal);
    private readonly MissingMarkers _markers = new(new CsvOptions { MissingMarkers = options.MissingMarkers });
    private readonly RowPlaces _places = new();
    private readonly HashSet<string> _leftOut = new(StringComparer.Ordinal);
    private string _input = "";
    private int _taken;
    private byte[] _room = new byte[256];

    /// <summary>The ignored keys of which arrays or objects were left out.</summary>
    public IReadOnlyCollection<string> LeftOut => _leftOut;

    public int Count => _places.Count;

    /// <summary>What the rows take, or will take as a table, whichever is more.</summary>
    public long Bytes => _columns.Sum(column => column.Bytes);

    /// <summary>The lines that follow are of the input called <paramref name="name"/>.</summary>
    public void Enter(string name)
    {
        if (options.Label is not null) sampler.Classes = Classes;
        _input = name;
        _places.Enter(name);
    }

    /// <summary>Takes a line; one of blanks is no row.</summary>
    /// <exception cref="ModelTrainingException">MT2115 to MT2118: it is no object that is a row.</exception>
    public void Take(ReadOnlySpan<byte> text, long line)
    {
        if (text.Trim(" \t\r"u8).IsEmpty || !sampler.Takes()) return;
        var reader = new Utf8JsonReader(text);
        try
        {
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject) throw NoObject(reader.TokenType, text, line);
            _places.Add(line);
            Take(ref reader, _root, _taken++, line);
            reader.Read();
        }
        catch (JsonException cause)
        {
            throw Malformed(text, line, (int)(cause.BytePositionInLine ?? 0), What(cause), cause);
        }
        catch (InvalidOperationException cause)
        {
            // What the reader throws for \ud800 without its other half.
            throw Malformed(text, line, (int)reader.TokenStartIndex, "half a character is escaped here", cause);
        }

        foreach (var column in _columns) column.FillTo(_places.Count);
        if (sampler.Drops(atEnd: false, out var kept)) Keep(kept);
    }

    /// <summary>To be called when no line follows.</summary>
    public void End(string source)
    {
        if (sampler.Drops(atEnd: true, out var kept)) Keep(kept);
        sampler.ThrowIfNone(_places.Count, source);
    }

    private void Keep(int[] rows)
    {
        foreach (var column in _columns) column.Keep(rows);
        _places.Keep(rows);
    }

    /// <summary>The typed columns. Keys that were null wherever they were no object are not among them.</summary>
    public List<Column> Build(string source)
    {
        var columns = new List<Column>(_columns.Count);
        foreach (var column in _columns)
        {
            if (column.IsNull && _byName.Keys.Any(name => name.Length > column.Name.Length && name[column.Name.Length] == '.' && name.StartsWith(column.Name, StringComparison.Ordinal))) continue;
            columns.Add(column.Build(out var remark));
            if (remark is not null) context.Repaired($"{source}, column '{column.Name}': {remark}.");
        }

        return columns;
    }

    private void Take(ref Utf8JsonReader reader, JsonKey parent, int row, long line)
    {
        var next = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = parent.Child(ref reader, ref next);
            if (key.LastRow == row) throw Wrong("MT2116", line, $"the key '{key.Name}' is there twice, and it is not known which value counts. Leave one out.");
            key.LastRow = row;
            reader.Read();
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject or JsonTokenType.StartArray when options.Ignored.Contains(key.Name, StringComparer.Ordinal):
                    _leftOut.Add(key.Name);
                    reader.Skip();
                    break;
                case JsonTokenType.StartObject when key.Level < MostLevels:
                    Take(ref reader, key, row, line);
                    break;
                case JsonTokenType.StartObject:
                    throw Wrong("MT2117", line, $"the object '{key.Name}' is more than {MostLevels} levels deep. Write what counts of it as keys of their own, or name it in Ignored.");
                case JsonTokenType.StartArray:
                    throw Wrong("MT2117", line, $"'{key.Name}' is an array, which no column holds. Write its elements as keys of their own (such as {key.Name}0, {key.Name}1) or as one text, or name it in Ignored.");
                default:
                    Append(ref reader, key.Column ??= Column(key.Name, line));
                    break;
            }
        }
    }

    private void Append(ref Utf8JsonReader reader, JsonColumn column)
    {
        if (reader.TokenType == JsonTokenType.String && reader.ValueIsEscaped)
        {
            if (_room.Length < reader.ValueSpan.Length) _room = new byte[reader.ValueSpan.Length];
            column.Append(JsonTokenType.String, _room.AsSpan(0, reader.CopyString(_room)));
        }
        else
        {
            column.Append(reader.TokenType, reader.ValueSpan);
        }
    }

    private int[] Classes() => _byName.TryGetValue(options.Label!, out var label) ? label.Classes() : new int[Count];

    private JsonColumn Column(string name, long line)
    {
        if (_columns.Count == MostColumns) throw Wrong("MT2118", line, $"'{name}' is the {MostColumns + 1}th key. So many are no columns but data: write them as values of one key, one a line, or name their object in Ignored.");
        var column = new JsonColumn(name, _markers, _places, context);
        if (!_byName.TryAdd(name, column)) throw Wrong("MT2116", line, $"the column '{name}' is meant by a key with a point and by an object. Rename one of them.");
        column.FillTo(_places.Count - 1);
        _columns.Add(column);
        return column;
    }

    private ModelTrainingException NoObject(JsonTokenType found, ReadOnlySpan<byte> text, long line) => Wrong("MT2115", line, found == JsonTokenType.StartArray
        ? $"'{Near(text, 0)}' begins an array, not an object. Write each object of it on a line of its own, without brackets and commas between them ('jq -c .[]' does)."
        : $"'{Near(text, 0)}' is no object. Each line is one whole object: {{\"age\": 39, \"income\": \"low\"}}.");

    private ModelTrainingException Malformed(ReadOnlySpan<byte> text, long line, int at, string what, Exception cause)
    {
        at = Math.Clamp(at, 0, text.Length);
        return new ModelTrainingException("MT2115",
            $"{_input}, line {line}, column {Encoding.UTF8.GetCharCount(text[..at]) + 1}, near '{Near(text, at)}': {what}. Each line is one whole JSON object; correct the line, or write the file again ('jq -c .' puts each object on one line).", cause);
    }

    private ModelTrainingException Wrong(string id, long line, string what) => new(id, $"{_input}, line {line}: {what}");

    private static string Near(ReadOnlySpan<byte> text, int at)
    {
        // Not in the middle of a character.
        var (from, to) = (Math.Max(0, at - Around), Math.Min(text.Length, at + Around));
        while (from > 0 && (text[from] & 0xC0) == 0x80) from--;
        while (to < text.Length && (text[to] & 0xC0) == 0x80) to++;
        return Excerpt.Of(Encoding.UTF8.GetString(text[from..to]));
    }

    /// <summary>The reader's message without its place, which is of the line alone.</summary>
    private static string What(JsonException cause)
    {
        var message = cause.Message;
        var place = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return (place < 0 ? message : message[..place]).TrimEnd('.');
    }
}
