using System.Text;

namespace ModelTraining;

/// <summary>How JSON Lines are read. A key in <see cref="ColumnRoles.Ignored"/> may be of an array or an object; it is left out.</summary>
public sealed record JsonLinesOptions : ColumnRoles
{
    /// <summary>The encoding. Default null: what a byte order mark says, UTF-8 without one. Bytes that are not of the encoding are an error, never replaced.</summary>
    public Encoding? Encoding { get; init; }

    /// <summary>What stands for a missing value, besides null, empty strings and what <see cref="TextFormat.IsMissing"/> says: exact text, for example -999. Default none.</summary>
    public IReadOnlyList<string> MissingMarkers { get; init; } = [];

    /// <summary>The longest line, in bytes of UTF-8. Guards against a file without line ends. Default 16 MiB.</summary>
    public int MaxLineBytes { get; init; } = 16 << 20;

    internal override IEnumerable<Problem> Validate()
    {
        foreach (var problem in base.Validate()) yield return problem;
        if (MissingMarkers.Any(marker => marker is null)) yield return new Problem("MT1103", "The 'MissingMarkers' option of JsonLines must be text. Got null.");
        if (MaxLineBytes < 1024) yield return new Problem("MT1103", $"The 'MaxLineBytes' option of JsonLines must be at least 1024. Got {MaxLineBytes}.");
    }
}
