using System.Diagnostics.CodeAnalysis;

namespace ModelTraining;

/// <summary>Shows a profile in a notebook, as <see cref="RunFormatterSource"/> shows a run.</summary>
internal sealed class ProfileFormatterSource
{
    /// <summary>What <see cref="Format"/> writes.</summary>
    public string MimeType { get; } = RunFormatterSource.Html;

    /// <summary>The formatters of the types that the source is named for.</summary>
    public IEnumerable<object> CreateTypeFormatters() => [this];

    /// <summary>Writes a profile's report; false when it is something else.</summary>
    [SuppressMessage("Performance", "CA1822", Justification = "It is called on an instance.")]
    public bool Format(object instance, TextWriter writer)
    {
        if (instance is not DataProfile profile) return false;
        writer.Write(ProfileReport.Article(profile));
        return true;
    }
}
