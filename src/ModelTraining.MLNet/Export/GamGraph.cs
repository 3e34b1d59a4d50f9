using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.ML;
using Microsoft.ML.Calibrators;
using Microsoft.ML.Trainers;
using Microsoft.ML.Trainers.FastTree;
using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>
/// A generalized additive model as a graph, which ML.NET's converter does not know: the function of each feature is a tree over its bins. Of three or more classes
/// there is a model each.
/// </summary>
internal static class GamGraph
{
    public static bool Has(ITransformer transformer) => Models(transformer).Count > 0;

    /// <summary>Writes the model behind <paramref name="features"/>.</summary>
    /// <returns>The value, or of two classes the probability, or one a class; null when the transformer is no such model.</returns>
    public static Value? Emit(ITransformer transformer, Value features)
    {
        var models = Models(transformer);
        if (models.Count <= 1) return models.Count == 0 ? null : Emit(models[0].Shapes, models[0].Calibrator, features);
        // As OneVersusAll does: shares of their sum, unless all are 0.
        var each = Value.Concat([.. models.Select(model => Emit(model.Shapes, model.Calibrator, features))], 1);
        var sum = each.ReduceSum([1]);
        return each / sum.Equal(0f).Where(1f, sum);
    }

    private static Value Emit(GamModelParametersBase shapes, PlattCalibrator? calibrator, Value features)
    {
        var trees = new TreeEnsemble(1) { BaseValues = [(float)shapes.Bias] };
        var (bounds, effects, featureOf) = (BinUpperBounds(shapes), BinEffects(shapes), ShapeToInputMap(shapes));
        for (var shape = 0; shape < effects.Length; shape++)
        {
            trees.BeginTree();
            var next = 0;
            Add(trees, featureOf[shape], bounds[shape], effects[shape], 0, effects[shape].Length, ref next);
        }

        var score = trees.TreeCount == 0 ? features.Graph.Constant(Tensor.Of([(float)shapes.Bias], 1, 1)) : features.TreeEnsembleRegressor(trees);
        // ML.NET's Platt scaling: 1 / (1 + exp(slope · score + offset)).
        return calibrator is null ? score : ((score * (float)-calibrator.Slope) + (float)-calibrator.Offset).Sigmoid();
    }

    /// <summary>The model, or that of each class; empty when the transformer is nothing of the kind.</summary>
    private static List<(GamModelParametersBase Shapes, PlattCalibrator? Calibrator)> Models(ITransformer transformer)
    {
        switch ((transformer as ISingleFeaturePredictionTransformer<object>)?.Model)
        {
            case GamRegressionModelParameters shapes:
                return [(shapes, null)];
            case CalibratedModelParametersBase<GamBinaryModelParameters, PlattCalibrator> calibrated:
                return [(calibrated.SubModel, calibrated.Calibrator)];
            case OneVersusAllModelParameters all:
                var each = ClassModels(all).OfType<CalibratedModelParametersBase<GamBinaryModelParameters, PlattCalibrator>>().ToList();
                return each.Count == ClassModels(all).Length ? [.. each.Select(calibrated => ((GamModelParametersBase)calibrated.SubModel, (PlattCalibrator?)calibrated.Calibrator))] : [];
            default:
                return [];
        }
    }

    // ML.NET does not give out the models of the single classes.
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_SubModelParameters")]
    private static extern ImmutableArray<object> ClassModels(OneVersusAllModelParameters all);

    // What is public gives the functions of the first features alone where ML.NET has left out features that are constant in their bins: it takes their count for the features'.
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_binUpperBounds")]
    private static extern ref double[][] BinUpperBounds(GamModelParametersBase shapes);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_binEffects")]
    private static extern ref double[][] BinEffects(GamModelParametersBase shapes);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_shapeToInputMap")]
    private static extern ref int[] ShapeToInputMap(GamModelParametersBase shapes);

    /// <summary>The bins from <paramref name="first"/> up to <paramref name="end"/>, halved again and again: a value belongs to the first whose upper bound is not below it.</summary>
    private static int Add(TreeEnsemble trees, int feature, double[] bounds, double[] effects, int first, int end, ref int next)
    {
        var node = next++;
        if (end - first == 1)
        {
            trees.AddLeaf(node, (float)effects[first]);
            return node;
        }

        var middle = (first + end) / 2;
        var low = Add(trees, feature, bounds, effects, first, middle, ref next);
        var high = Add(trees, feature, bounds, effects, middle, end, ref next);
        trees.AddBranch(node, feature, NotAbove(bounds[middle - 1]), low, high);
        return node;
    }

    /// <summary>The largest float that is not above <paramref name="bound"/>: the features are floats, so that the same ones are below it.</summary>
    private static float NotAbove(double bound)
    {
        var near = (float)bound;
        return near > bound ? MathF.BitDecrement(near) : near;
    }
}
