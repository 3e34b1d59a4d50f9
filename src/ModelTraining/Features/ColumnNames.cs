using System.Globalization;

namespace ModelTraining;

/// <summary>Finds names for columns that are made of others.</summary>
/// <param name="schema">The columns there are.</param>
internal sealed class ColumnNames(Schema schema)
{
    private readonly HashSet<string> _taken = [.. schema.Select(column => column.Name)];

    /// <summary><paramref name="stem"/>, numbered when a column of that name is there already. The name is taken from then on.</summary>
    public string Take(string stem)
    {
        var name = stem;
        for (var i = 2; !_taken.Add(name); i++) name = string.Create(CultureInfo.InvariantCulture, $"{stem}_{i}");
        return name;
    }
}
