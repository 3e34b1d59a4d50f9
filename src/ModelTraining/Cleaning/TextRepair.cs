namespace ModelTraining;

/// <summary>Decides what a text column is, and what of it is written in more than one way.</summary>
internal sealed class TextRepair
{
    private readonly TextColumn _column;
    private readonly TextFormat _format;
    private readonly TextReading? _reading;
    private readonly SpellingSearch? _spelling;

    /// <param name="column">The text as it came.</param>
    /// <param name="info">Its role and the format that its source states.</param>
    /// <param name="options">What is wanted.</param>
    public TextRepair(TextColumn column, ColumnInfo info, CleanOptions options)
    {
        (_column, _format) = (column, info.Format);
        if (options.Units.FirstOrDefault(unit => unit.Column == column.Name) is { } unit)
        {
            _reading = TextToMeasures.Read(new TextValues(column.Map(text => Blanks.OrMissing(text, info.Format))), info.Format, unit);
        }
        else if (options.Formats && info.Role is ColumnRole.Feature or ColumnRole.Weight)
        {
            var values = new TextValues(column.Map(text => Blanks.OrMissing(text, info.Format)));
            _reading = (info.Role == ColumnRole.Feature ? TextToBooleans.TryRead(values) : null)
                ?? TextToNumbers.TryRead(values, info.Format, options.MaxUnreadable)
                ?? (info.Role == ColumnRole.Feature ? TextToDates.TryRead(values, info.Format, options.MaxUnreadable) : null);
        }

        if (_reading is null && info.Role is ColumnRole.Feature or ColumnRole.Label && (options.Formats || options.Spelling)) _spelling = new SpellingSearch(column, info.Format, options.Formats, options.Spelling);
    }

    /// <summary>The column as what it is, and its format; null when it stays text.</summary>
    public TextReading? Reading => _reading;

    /// <summary>The raw spellings that change; empty when it is no longer text.</summary>
    public IReadOnlyDictionary<string, string> Spellings => _spelling?.Changes ?? [];

    /// <summary>The different texts, without blanks around them, that are none of what the column is; they became missing.</summary>
    public IReadOnlyCollection<string> Unreadable
    {
        get
        {
            var texts = new HashSet<string>(StringComparer.Ordinal);
            if (_reading is null) return texts;
            for (var row = 0; row < _column.Count; row++) if (_reading.Column.IsMissing(row) && _column.Text(row) is { } text && !_format.IsMissingHere(text)) texts.Add(text.Trim());
            return texts;
        }
    }

    /// <summary>What to report.</summary>
    /// <param name="table">The rows of the column.</param>
    public IEnumerable<CleanFinding> Findings(Table table)
    {
        if (_spelling is not null) return _spelling.Findings(table);
        return _reading is null ? [] : ReadingFindings(table, _reading);
    }

    private IEnumerable<CleanFinding> ReadingFindings(Table table, TextReading reading)
    {
        var (read, unreadable) = (new FindingTally(table), new FindingTally(table));
        for (var row = 0; row < _column.Count; row++)
        {
            if (_column.Text(row) is not { } text || _format.IsMissingHere(text)) continue;
            if (reading.Column.IsMissing(row)) unreadable.Add(row, text, null);
            else if (Shown.Of(reading.Column[row]) is var written && written != text) read.Add(row, text, written);
        }

        yield return read.ToFinding(CleanStep.Format, _column.Name, "") with { Count = reading.Readable, What = reading.What, Warning = reading.Doubt };
        if (unreadable.Count == 0) yield break;
        var finding = unreadable.ToFinding(CleanStep.Unreadable, _column.Name, "became missing, as all other values " + reading.What);
        yield return reading.Unit is { } unit ? finding with { Warning = TextToMeasures.Warning(unit, finding) } : finding;
    }
}
