using System.Runtime.CompilerServices;

namespace ModelTraining;

/// <summary>The verb <c>Features</c>.</summary>
public static class FeaturesExtensions
{
    /// <summary>Says how columns become features. Without it each column is made what the trainer wants: categories, dates in parts, scaled numbers.</summary>
    /// <param name="pipeline">The pipeline so far.</param>
    /// <param name="configure">Changes the options, for example <c>o => o with { Encoding = CategoryEncoding.OneHot }</c>.</param>
    /// <param name="file">The caller's file, for messages; filled in by the compiler.</param>
    /// <param name="line">The caller's line, for messages; filled in by the compiler.</param>
    public static SplitPipeline Features(this SplitPipeline pipeline, Func<FeatureOptions, FeatureOptions> configure, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        ArgumentNullException.ThrowIfNull(configure);
        return new SplitPipeline(pipeline.Plan.Then(new FeatureOptionsStep(configure(new FeatureOptions())), file, line));
    }
}
