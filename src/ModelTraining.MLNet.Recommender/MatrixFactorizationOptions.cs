using System.Globalization;
using Microsoft.ML.Trainers;

namespace ModelTraining;

/// <summary>Options of <c>MLNet.MatrixFactorization</c>, named and preset as in ML.NET's <c>MatrixFactorizationTrainer.Options</c>.</summary>
public sealed record MatrixFactorizationOptions
{
    /// <summary>What is made small: the squared error of numbers, or of pairs that are there alone (implicit feedback), with all others near <see cref="C"/>. Default the first.</summary>
    public MatrixFactorizationTrainer.LossFunctionType LossFunction { get; init; } = MatrixFactorizationTrainer.LossFunctionType.SquareLossRegression;

    /// <summary>The weight of the squares of the vectors' entries in the loss. Default 0.1, above 0.</summary>
    public double Lambda { get; init; } = 0.1;

    /// <summary>The length of the vectors. Default 8.</summary>
    public int ApproximationRank { get; init; } = 8;

    /// <summary>The passes over the rows. Default 20.</summary>
    public int NumberOfIterations { get; init; } = 20;

    /// <summary>The learning rate at first. Default 0.1, above 0.</summary>
    public double LearningRate { get; init; } = 0.1;

    /// <summary>With <c>SquareLossOneClass</c>, how much pairs count that are not there. Default 0.0001, above 0.</summary>
    public double Alpha { get; init; } = 0.0001f;

    /// <summary>With <c>SquareLossOneClass</c>, the number that pairs should have that are not there. Default 0.000001.</summary>
    public double C { get; init; } = 0.000001f;

    /// <summary>Whether the vectors' entries are kept from being negative; not with <c>SquareLossOneClass</c>. Default false.</summary>
    public bool NonNegative { get; init; }

    /// <summary>The number of threads. Default null: 1, so that the same data give the same model; ML.NET's own default is all processors, which write over one another as they come.</summary>
    public int? NumberOfThreads { get; init; }

    internal IEnumerable<Problem> Validate()
    {
        if (!Enum.IsDefined(LossFunction)) yield return Wrong(nameof(LossFunction), "SquareLossRegression or SquareLossOneClass", LossFunction);
        if (!(Lambda > 0)) yield return Wrong(nameof(Lambda), "above 0", Lambda);
        if (ApproximationRank < 1) yield return Wrong(nameof(ApproximationRank), "at least 1", ApproximationRank);
        if (NumberOfIterations < 1) yield return Wrong(nameof(NumberOfIterations), "at least 1", NumberOfIterations);
        if (!(LearningRate > 0)) yield return Wrong(nameof(LearningRate), "above 0", LearningRate);
        if (!(Alpha > 0)) yield return Wrong(nameof(Alpha), "above 0", Alpha);
        if (NonNegative && LossFunction == MatrixFactorizationTrainer.LossFunctionType.SquareLossOneClass)
        {
            // LIBMF throws where nobody can catch it, and takes the process with it.
            yield return new Problem("MT1515", $"MLNet.MatrixFactorization can't have {nameof(NonNegative)} with the loss function SquareLossOneClass. Leave out one of the two.");
        }

        if (NumberOfThreads < 1) yield return Wrong(nameof(NumberOfThreads), "at least 1", NumberOfThreads);
    }

    private static Problem Wrong(string option, string range, object? value) =>
        new("MT1510", string.Create(CultureInfo.InvariantCulture, $"The '{option}' option of MLNet.MatrixFactorization must be {range}. Got {value}."));
}
