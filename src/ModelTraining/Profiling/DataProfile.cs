using System.Text;

namespace ModelTraining;

/// <summary>
/// What data is like before anything is trained: each column's type, missing values and distribution, how columns go with the label and with each other, and what
/// deserves a look. Immutable. In a notebook of .NET Interactive it shows its report.
/// </summary>
[TypeFormatterSource(typeof(ProfileFormatterSource), PreferredMimeTypes = [RunFormatterSource.Html])]
public sealed class DataProfile
{
    private readonly Dictionary<string, ColumnProfile> _byName;

    internal DataProfile(IReadOnlyList<ColumnProfile> columns) => (Columns, _byName) = (columns, columns.ToDictionary(column => column.Name, StringComparer.Ordinal));

    /// <summary>Where the rows came from.</summary>
    public required string Description { get; init; }

    /// <summary>The number of rows.</summary>
    public required int RowCount { get; init; }

    /// <summary>The columns in their order.</summary>
    public IReadOnlyList<ColumnProfile> Columns { get; }

    /// <summary>The column called <paramref name="name"/>.</summary>
    /// <exception cref="ModelTrainingException">MT2001: there is none; the message has the nearest names.</exception>
    public ColumnProfile this[string name] => _byName.TryGetValue(name, out var column) ? column
        : throw new ModelTrainingException("MT2001", $"The profile has no column '{name}'. {NearestNames.Sentence(name, _byName.Keys)}");

    /// <summary>The label; null when there is none.</summary>
    public ColumnProfile? Label => Columns.FirstOrDefault(column => column.Role == ColumnRole.Label);

    /// <summary>The rows that are there already: equal to an earlier one in all columns, ids and ignored ones aside.</summary>
    public required int DuplicateRowCount { get; init; }

    /// <summary>How features and label go together, pair by pair, the strongest first. Two columns of numbers have two measures.</summary>
    public required IReadOnlyList<Association> Associations { get; init; }

    /// <summary>Columns that lack their values in nearly the same rows.</summary>
    public required IReadOnlyList<MissingGroup> MissingTogether { get; init; }

    /// <summary>What deserves a look.</summary>
    public required IReadOnlyList<ProfileWarning> Warnings { get; init; }

    /// <summary>What was not looked at, and what changes that; empty when all was.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>The columns whose associations with each other were measured, in their order.</summary>
    internal IReadOnlyList<string> AssociatedColumns { get; init; } = [];

    /// <summary>Writes <see cref="ToHtml"/> to a file, for example profile.html. An earlier file of that name stays until the new one is whole; the folder is made where it is missing.</summary>
    /// <returns>The file's full path.</returns>
    /// <exception cref="ModelTrainingException">MT4001: the file can't be written.</exception>
    public string SaveReport(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return AtomicFile.Write(path, Encoding.UTF8.GetBytes(ToHtml()));
    }

    /// <summary>The profile as one HTML page with its pictures. It needs nothing else: no script, no font, no picture from elsewhere.</summary>
    public string ToHtml() => ProfileReport.Page(this);

    /// <summary>A summary for a console: a line a column, the strongest associations, and the warnings.</summary>
    public override string ToString() => ProfileText.Of(this);
}
