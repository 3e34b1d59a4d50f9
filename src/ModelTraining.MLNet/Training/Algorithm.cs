using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace ModelTraining;

/// <summary>One of ML.NET's algorithms for all tasks that it can do. Immutable.</summary>
internal abstract class Algorithm
{
    public abstract string Name { get; }

    public abstract TrainerNeeds Needs { get; }

    /// <summary>The seed that the user asked for; null when it is the run's.</summary>
    public abstract int? Seed { get; }

    public abstract IReadOnlyList<OptionValue> Options { get; }

    /// <summary>Whether rows may count differently.</summary>
    public virtual bool TakesWeights => true;

    public virtual bool PredictsClasses => true;

    public virtual bool PredictsNumbers => true;

    /// <summary>Whether it passes over the rows again and again.</summary>
    public virtual bool PassesOften => false;

    /// <summary>Whether it is someone else's: then only training tells if its model predicts what it should, and if it can be converted to ONNX.</summary>
    public virtual bool IsForeign => false;

    /// <summary>A model without its calibrator, which ML.NET's types know by the model's own type alone.</summary>
    public virtual object? Uncalibrated(object? model) => model;

    public abstract IEnumerable<Problem> Validate();

    public abstract ITransformer Fit(FitRequest request);

    /// <summary>One model a class.</summary>
    /// <returns>Null where the algorithm does not tell two classes apart.</returns>
    public virtual ITransformer? FitOneVersusAll(FitRequest request, OneVersusAllOptions options) => null;

    /// <summary>Whether <see cref="FitOneVersusAll"/> can.</summary>
    public virtual bool IsBinary => false;

    protected static ITransformer OneVersusAll<TModel>(FitRequest request, ITrainerEstimator<BinaryPredictionTransformer<TModel>, TModel> binary, OneVersusAllOptions options)
        where TModel : class =>
        request.Context.MulticlassClassification.Trainers.OneVersusAll(binary, FeatureView.Label, maximumCalibrationExampleCount: options.MaximumCalibrationExampleCount)
            .Fit(request.Training);

    /// <summary>A problem when an option is outside its range.</summary>
    protected IEnumerable<Problem> Check(bool isInRange, string option, string range, object? value)
    {
        if (!isInRange) yield return new Problem("MT1510", string.Create(CultureInfo.InvariantCulture, $"The '{option}' option of {Name} must be {range}. Got {value}."));
    }
}
