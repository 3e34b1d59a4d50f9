namespace ModelTraining;

/// <summary>
/// The units that a column's numbers are written in: <c>Unit.Of("weight", ("kg", 1), ("lb", 0.45359237))</c>. All become numbers in the unit of factor 1; a value without a
/// unit is in that one. Several in a row are added up: <c>5 ft 11 in</c>. Rows that are served are read in the same way; what is a number already is not changed.
/// A row that is served in a unit that is not named here is an error (MT2503) that says which are, and not a missing value: nobody would notice. Text that was met in training, and became
/// missing there with a warning, is missing.
/// </summary>
public sealed record Unit
{
    private Unit(string column, IReadOnlyDictionary<string, double> factors) => (Column, Factors) = (column, factors);

    /// <summary>The column.</summary>
    public string Column { get; }

    /// <summary>By unit what a value is multiplied by. Units are compared without regard to case.</summary>
    public IReadOnlyDictionary<string, double> Factors { get; }

    /// <summary>The units of a column.</summary>
    /// <param name="column">The column.</param>
    /// <param name="factors">Each unit as it is written, and what a value in it is multiplied by; one has the factor 1.</param>
    public static Unit Of(string column, params IReadOnlyList<(string Unit, double Factor)> factors)
    {
        ArgumentNullException.ThrowIfNull(column);
        ArgumentNullException.ThrowIfNull(factors);
        var byName = new Dictionary<string, double>(StringComparer.OrdinalIgnoreCase);
        foreach (var (unit, factor) in factors) byName[unit.Trim()] = factor;
        return new Unit(column, byName);
    }

    /// <summary>The unit that all values get.</summary>
    internal string Target => Factors.FirstOrDefault(pair => pair.Value == 1).Key ?? "";

    internal IEnumerable<Problem> Validate()
    {
        foreach (var (unit, factor) in Factors)
        {
            if (unit.Length == 0 || unit.Any(char.IsDigit)) yield return new Problem("MT1253", $"A unit of column '{Column}' must be a word without digits. Got '{unit}'.");
            if (!(double.IsFinite(factor) && factor > 0)) yield return new Problem("MT1253", FormattableString.Invariant($"The factor of unit '{unit}' of column '{Column}' must be positive and finite. Got {factor}."));
        }

        if (!Factors.Values.Contains(1)) yield return new Problem("MT1253", $"One unit of column '{Column}' must have the factor 1: the one that all values get, and that values without a unit are in. Got {string.Join(", ", Factors.Select(pair => FormattableString.Invariant($"{pair.Key} {pair.Value}")))}.");
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Column}: {string.Join(", ", Factors.Select(pair => FormattableString.Invariant($"{pair.Key} {pair.Value}")))}";
}
