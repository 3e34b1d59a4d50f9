using System.Globalization;
using System.Text.Json;

namespace ModelTraining;

/// <summary>
/// An input of a model as the taker of values: each is brought into the form that the graph wants, as the library does where it reads data. Text is
/// trimmed, markers of missing values become missing, text is parsed where a number, a date or a boolean is wanted.
/// </summary>
/// <param name="index">The input's position.</param>
/// <param name="info">What it takes.</param>
internal sealed class InputColumn(int index, ModelInput info)
{
    private const int LongestFormatted = 64;

    public int Index => index;

    public string Name => info.Name;

    public ColumnType Type => info.Type;

    /// <summary>Whether a function computed it in training.</summary>
    public bool IsComputed => info.IsComputed;

    /// <summary>The position of the function that computes it where a row lacks it; −1 where there is none.</summary>
    public int Function { get; init; } = -1;

    /// <summary>Whether text stands for a missing value of this input.</summary>
    public bool IsMissing(ReadOnlySpan<char> text) => info.Format.IsMissingHere(text);

    public void SetMissing(RowTarget target)
    {
        switch (info.Type)
        {
            case ColumnType.Text: target.Batch.SetText(index, target.Row, ReadOnlySpan<byte>.Empty); break;
            case ColumnType.DateTime: target.Batch.Seconds(index)[target.Row] = DateTimeColumn.MissingUnixSeconds; break;
            case ColumnType.Tensor: throw Unfit(target, "nothing: none may be missing", quoted: false);
            default: target.Batch.Numbers(index)[target.Row] = float.NaN; break;
        }
    }

    public void Set(RowTarget target, float value)
    {
        if (float.IsNaN(value)) SetMissing(target);
        else if (info.Type == ColumnType.Text) SetFormatted(target, value);
        else SetNumber(target, value, value);
    }

    public void Set(RowTarget target, double value)
    {
        if (double.IsNaN(value)) SetMissing(target);
        else if (info.Type == ColumnType.Text) SetFormatted(target, value);
        else SetNumber(target, (float)value, value);
    }

    public void Set(RowTarget target, long value)
    {
        if (value == IntegerColumn.Missing) SetMissing(target);
        else if (info.Type == ColumnType.Text) SetFormatted(target, value);
        else SetNumber(target, value, value);
    }

    public void Set(RowTarget target, bool value)
    {
        if (info.Type == ColumnType.Text) target.Batch.SetText(index, target.Row, value ? "true"u8 : "false"u8);
        else SetNumber(target, value ? 1 : 0, value);
    }

    public void Set(RowTarget target, DateTime value)
    {
        if (value == DateTimeColumn.Missing) SetMissing(target);
        else if (info.Type == ColumnType.DateTime) target.Batch.Seconds(index)[target.Row] = DateTimeColumn.ToUnixSeconds(value);
        else if (info.Type == ColumnType.Text) Set(target, value.ToString(value.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture));
        else throw Unfit(target, value);
    }

    public void Set(RowTarget target, string? value)
    {
        if (value is null || IsMissing(value)) SetMissing(target);
        else if (info.Type == ColumnType.Text) target.Batch.SetText(index, target.Row, value.AsSpan().Trim());
        else if (info.Type == ColumnType.DateTime) target.Batch.Seconds(index)[target.Row] = ParseDate(target, value);
        else if (info.Type == ColumnType.Tensor) throw Unfit(target, value);
        else target.Batch.Numbers(index)[target.Row] = ParseNumber(target, value);
    }

    public void Set(RowTarget target, object? value)
    {
        if (info.Type == ColumnType.Tensor)
        {
            if (TensorElements.Fault(value, target.Batch.Tensor(index, target.Row)) is { } fault) throw Unfit(target, fault, quoted: false);
            return;
        }

        switch (value)
        {
            case null or DBNull: SetMissing(target); break;
            case string text: Set(target, text); break;
            case float number: Set(target, number); break;
            case double number: Set(target, number); break;
            case bool truth: Set(target, truth); break;
            case DateTime date: Set(target, date); break;
            case DateOnly date: Set(target, date.ToDateTime(TimeOnly.MinValue)); break;
            case DateTimeOffset date: Set(target, date.UtcDateTime); break;
            case Enum name when info.Type == ColumnType.Text: Set(target, name.ToString()); break;
            case JsonElement json: Set(target, json); break;
            case char or Guid: Set(target, value.ToString()); break;
            case decimal number when info.Type == ColumnType.Text: SetFormatted(target, number); break;
            case ulong or decimal or Half: Set(target, Convert.ToDouble(value is Half half ? (double)half : value, CultureInfo.InvariantCulture)); break;
            case int or long or short or byte or sbyte or ushort or uint or Enum: Set(target, Convert.ToInt64(value, CultureInfo.InvariantCulture)); break;
            default: throw Unfit(target, value);
        }
    }

    /// <summary>The number that a text stands for.</summary>
    /// <exception cref="ModelTrainingException">MT2503: it stands for none.</exception>
    public float ParseNumber(RowTarget target, string text)
    {
        if (info.Type == ColumnType.Boolean && TextFormat.TryParseBoolean(text, out var truth)) return truth ? 1 : 0;
        if (info.Type == ColumnType.Integer && TextFormat.TryParseInteger(text, out var whole)) return whole;
        return info.Format.TryParseNumber(text, out var value) || info.Format.TryParseMeasure(text, out value) || info.Format.TryParseDecorated(text, out value) ? Checked(target, value, text) : throw Unfit(target, text);
    }

    /// <summary>The date that a text stands for, in seconds since 1970.</summary>
    /// <exception cref="ModelTrainingException">MT2503: it stands for none.</exception>
    public long ParseDate(RowTarget target, string text) =>
        info.Format.TryParseDate(text, out var date) ? DateTimeColumn.ToUnixSeconds(date) : throw Unfit(target, text);

    private void Set(RowTarget target, JsonElement json)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.Null or JsonValueKind.Undefined: SetMissing(target); break;
            case JsonValueKind.String: Set(target, json.GetString()); break;
            case JsonValueKind.True or JsonValueKind.False: Set(target, json.GetBoolean()); break;
            case JsonValueKind.Number when info.Type == ColumnType.Text: Set(target, json.GetRawText()); break;
            case JsonValueKind.Number when json.TryGetInt64(out var whole): Set(target, whole); break;
            case JsonValueKind.Number: Set(target, json.GetDouble()); break;
            default: throw Unfit(target, json.GetRawText());
        }
    }

    private void SetFormatted<T>(RowTarget target, T value) where T : ISpanFormattable
    {
        Span<char> text = stackalloc char[LongestFormatted];
        if (value.TryFormat(text, out var written, default, CultureInfo.InvariantCulture)) target.Batch.SetText(index, target.Row, text[..written]);
        else target.Batch.SetText(index, target.Row, value.ToString(null, CultureInfo.InvariantCulture));
    }

    private void SetNumber<T>(RowTarget target, float value, T given) where T : struct
    {
        if (info.Type is ColumnType.DateTime or ColumnType.Tensor) throw Unfit(target, given);
        target.Batch.Numbers(index)[target.Row] = Checked(target, value, given);
    }

    private float Checked<T>(RowTarget target, float value, T given) where T : notnull =>
        info.Type != ColumnType.Boolean || value is 0 or 1 ? value : throw Unfit(target, given);

    private ModelTrainingException Unfit(RowTarget target, object value, bool quoted = true)
    {
        var row = target.Position < 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"Row {target.Position} (counted from 0): ");
        var written = value is string text ? quoted ? $"'{text}'" : text : string.Create(CultureInfo.InvariantCulture, $"{value} ({value.GetType().Name})");
        return new ModelTrainingException("MT2503", $"{row}column '{info.Name}' takes {Wanted()}, not {written}. {(info.Type == ColumnType.Tensor ? "Give each row its elements in row-major order, for example as float[]." : "Give one, or null where it is missing.")}");
    }

    private string Wanted() => info.Type switch
    {
        ColumnType.Text => "text",
        ColumnType.DateTime => $"dates ({info.Format.DateOrder switch { DateOrder.DayMonthYear => "31.12.2001", DateOrder.MonthDayYear => "12/31/2001", _ => "2001-12-31" }})",
        ColumnType.Boolean => "true and false",
        ColumnType.Tensor => string.Create(CultureInfo.InvariantCulture, $"tensors of [{string.Join(", ", info.Shape)}], {info.Size} numbers"),
        _ when info.Format.Units.Count > 0 => $"numbers in {string.Join(", ", info.Format.Units.Keys)}",
        _ => info.Format.DecimalComma ? "numbers (with a decimal comma where they are text)" : "numbers",
    };
}
