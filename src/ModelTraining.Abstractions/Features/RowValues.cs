using System.Globalization;
using System.Text.Json;

namespace ModelTraining;

/// <summary>The values of a row as they were given, read as what their columns are. Not thread-safe.</summary>
internal abstract class RowValues(RowFunctions functions)
{
    /// <summary>Where the row stands, for messages, with a blank before; empty where nobody knows.</summary>
    public virtual string Place => "";

    /// <summary>The functions that read it.</summary>
    protected RowFunctions Functions => functions;

    /// <summary>The names that a value may be asked for by.</summary>
    protected abstract IEnumerable<string> Names { get; }

    /// <summary>The value as it was given.</summary>
    protected abstract bool TryGet(string column, out object? value);

    public double Number(string column, int before)
    {
        var (value, info) = Get(column, before, "Number", ColumnType.Number, ColumnType.Integer, ColumnType.Boolean);
        var number = value switch
        {
            null => double.NaN,
            string text => Parse(text, info),
            bool truth => truth ? 1 : 0,
            float or double or decimal or Half or long or int or short or sbyte or byte or ushort or uint or ulong => value is Half half ? (double)half : Convert.ToDouble(value, CultureInfo.InvariantCulture),
            _ => throw Unfit(info, value),
        };
        if (info.Type == ColumnType.Number) number = (float)number; // as a table has it: 0.1 is not 0.1f
        foreach (var marker in info.Format.MissingMarkers) if (info.Format.TryParseNumber(marker, out var missing) && missing == number) return double.NaN;
        return number;
    }

    public string? Text(string column, int before)
    {
        var (value, info) = Get(column, before, "Text", ColumnType.Text);
        var text = Convert.ToString(value, CultureInfo.InvariantCulture)?.Trim();
        return text is null || info.Format.IsMissingHere(text) ? null : text;
    }

    public DateTime? Date(string column, int before)
    {
        var (value, info) = Get(column, before, "Date", ColumnType.DateTime);
        return value switch
        {
            null => null,
            DateTime date => date == DateTimeColumn.Missing ? null : date,
            DateOnly date => date.ToDateTime(TimeOnly.MinValue),
            DateTimeOffset date => date.UtcDateTime,
            string text when info.Format.IsMissingHere(text) => null,
            string text when info.Format.TryParseDate(text, out var date) => date,
            _ => throw Unfit(info, value),
        };
    }

    private (object? Value, ColumnInfo Info) Get(string column, int before, string read, params ReadOnlySpan<ColumnType> types)
    {
        var function = functions.IndexOf(column, before);
        var info = function >= 0 ? new ColumnInfo(column, functions.All[function].Type) : functions.Schema.TryGet(column, out var known) ? known : null;
        if (info?.Role is ColumnRole.Label or ColumnRole.Weight) throw new ModelTrainingException("MT2248", $"A function of a feature reads column '{column}', whose role is {info.Role}: a model is not given it. Read columns that are known when a prediction is asked for.");
        if (info is not null && !types.Contains(info.Type)) throw new ModelTrainingException("MT2249", $"A function of a feature reads column '{column}', which is of type {info.Type}, by {nameof(FeatureRow)}.{read}. Use {Reader(info.Type)}.");
        if (info is not null && TryGet(column, out var value)) return (Plain(value), info);
        if (function >= 0) return (functions.Of(function, this), info!);
        throw new ModelTrainingException("MT2001", $"A function of a feature reads column '{column}', which is not there{Place}. {NearestNames.Sentence(column, info is null ? functions.Schema.Select(other => other.Name) : Names)}");
    }

    private static string Reader(ColumnType type) => type switch
    {
        ColumnType.Text => nameof(FeatureRow.Text),
        ColumnType.DateTime => nameof(FeatureRow.Date),
        ColumnType.Tensor => "another column: tensors can't be read",
        _ => nameof(FeatureRow.Number),
    };

    private static object? Plain(object? value) => value switch
    {
        DBNull => null,
        long.MinValue => null, // IntegerColumn.Missing
        JsonElement json => json.ValueKind switch
        {
            JsonValueKind.String => json.GetString(),
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            JsonValueKind.Number => json.GetDouble(),
            JsonValueKind.Null or JsonValueKind.Undefined => null,
            _ => json.GetRawText(),
        },
        _ => value,
    };

    private double Parse(string text, ColumnInfo info)
    {
        var format = info.Format;
        if (format.IsMissingHere(text)) return double.NaN;
        if (info.Type == ColumnType.Boolean && TextFormat.TryParseBoolean(text, out var truth)) return truth ? 1 : 0;
        if (info.Type == ColumnType.Integer && TextFormat.TryParseInteger(text, out var whole)) return whole;
        return format.TryParseNumber(text, out var number) || format.TryParseMeasure(text, out number) || format.TryParseDecorated(text, out number) ? number : throw Unfit(info, text);
    }

    private ModelTrainingException Unfit(ColumnInfo info, object value) =>
        new("MT2503", $"Column '{info.Name}', which a function of a feature reads, takes {(info.Type == ColumnType.DateTime ? "dates" : "numbers")}, not {(value is string text ? $"'{text}'" : $"{value} ({value.GetType().Name})")}{Place}. Give one, or null where it is missing.");
}
