using System.Diagnostics.CodeAnalysis;

namespace ModelTraining;

/// <summary>
/// Shows a run in a notebook. .NET Interactive calls the members by their names, and asks each formatter for <see cref="MimeType"/> and
/// <see cref="Format"/>; the source is its own only formatter.
/// </summary>
internal sealed class RunFormatterSource
{
    public const string Html = "text/html";

    /// <summary>What <see cref="Format"/> writes.</summary>
    public string MimeType { get; } = Html;

    /// <summary>The formatters of the types that the source is named for.</summary>
    public IEnumerable<object> CreateTypeFormatters() => [this];

    /// <summary>Writes a run's report; false when it is something else.</summary>
    [SuppressMessage("Performance", "CA1822", Justification = "It is called on an instance.")]
    public bool Format(object instance, TextWriter writer)
    {
        if (instance is not PipelineRun run) return false;
        writer.Write(RunReport.Article(run));
        return true;
    }
}
