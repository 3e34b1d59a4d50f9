using System.Runtime.CompilerServices;

namespace ModelTraining;

/// <summary>The verb <c>Profile</c>.</summary>
public static class ProfileExtensions
{
    /// <summary>
    /// Looks at the data as it stands here and changes nothing: types, missing values, distributions, associations, and what deserves a look before anything is trained.
    /// <c>run.Report&lt;DataProfile&gt;()</c> has it, and the report of the run shows it.
    /// </summary>
    /// <param name="pipeline">The pipeline so far.</param>
    /// <param name="configure">Changes the options, for example <c>o => o with { TopValues = 10 }</c>.</param>
    /// <param name="file">The caller's file, for messages; filled in by the compiler.</param>
    /// <param name="line">The caller's line, for messages; filled in by the compiler.</param>
    public static DataPipeline Profile(this DataPipeline pipeline, Func<ProfileOptions, ProfileOptions>? configure = null, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        return new DataPipeline(pipeline.Plan.Then(new ProfileStep(Configured(configure)), file, line));
    }

    /// <summary>Reads a source and looks at its data, without a pipeline.</summary>
    /// <param name="source">Where rows come from, for example <c>Csv.File("adult.csv", label: "income")</c>.</param>
    /// <param name="configure">Changes the options.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="ModelTrainingException">MT1250: an option is wrong. MT2xxx: the data is malformed. MT4xxx: the file can't be read.</exception>
    public static async Task<DataProfile> ProfileAsync(this IDataSource source, Func<ProfileOptions, ProfileOptions>? configure = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        var options = Configured(configure);
        ThrowIfInvalid(options);
        var table = await source.ReadAsync(new SourceContext(), cancellationToken).ConfigureAwait(false);
        return new DataProfiler(options, Environment.ProcessorCount).Profile(table, source.Description, cancellationToken);
    }

    /// <summary>Looks at the data of a table, without a pipeline.</summary>
    /// <param name="table">The rows.</param>
    /// <param name="configure">Changes the options.</param>
    /// <exception cref="ModelTrainingException">MT1250: an option is wrong.</exception>
    public static DataProfile Profile(this Table table, Func<ProfileOptions, ProfileOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(table);
        var options = Configured(configure);
        ThrowIfInvalid(options);
        return new DataProfiler(options, Environment.ProcessorCount).Profile(table, "a table", CancellationToken.None);
    }

    private static ProfileOptions Configured(Func<ProfileOptions, ProfileOptions>? configure)
    {
        var options = new ProfileOptions();
        return configure?.Invoke(options) ?? options;
    }

    private static void ThrowIfInvalid(ProfileOptions options)
    {
        var problems = options.Validate().ToList();
        if (problems.Count > 0) throw new ModelTrainingException(problems);
    }
}
