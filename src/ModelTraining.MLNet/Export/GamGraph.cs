using System.Runtime.CompilerServices;
using Microsoft.ML;
using Microsoft.ML.Calibrators;
using Microsoft.ML.Trainers.FastTree;
using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>A generalized additive model as a graph, which ML.NET's converter does not know: the function of each feature is a tree over its bins.</summary>
internal static class GamGraph
{
    public static bool Has(ITransformer transformer) => Model(transformer).Shapes is not null;

    /// <summary>Writes the model behind <paramref name="features"/>.</summary>
    /// <returns>The value, or of two classes the probability; null when the transformer is no such model.</returns>
    public static Value? Emit(ITransformer transformer, Value features)
    {
        var (shapes, calibrator) = Model(transformer);
        if (shapes is null) return null;
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

    private static (GamModelParametersBase? Shapes, PlattCalibrator? Calibrator) Model(ITransformer transformer) =>
        (transformer as ISingleFeaturePredictionTransformer<object>)?.Model switch
        {
            CalibratedModelParametersBase<GamBinaryModelParameters, PlattCalibrator> calibrated => (calibrated.SubModel, calibrated.Calibrator),
            GamRegressionModelParameters shapes => (shapes, null),
            _ => (null, null),
        };

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
