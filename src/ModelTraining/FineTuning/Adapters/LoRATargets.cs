using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>Chooses the weights of a trunk that get adapters.</summary>
internal static class LoRATargets
{
    /// <exception cref="ModelTrainingException">MT3074: the trunk has no layer that can have one. MT1748: a pattern is like the name of none.</exception>
    public static IReadOnlyList<LayerWeight> Of(Graph trunk, LoRAOptions options, string network)
    {
        var (dense, convolutions) = (DenseWeights.Find(trunk), ConvolutionWeights.Find(trunk));
        if (dense.Count + convolutions.Count == 0)
        {
            throw new ModelTrainingException("MT3074", $"LoRA needs dense layers or convolutions, and the trunk of {network} has none with weights that nothing else uses (convolutions in groups aside). Leave 'LoRA' out, and freeze or thaw weights instead.");
        }

        if (options.Targets.IsDefaultOrEmpty)
        {
            var attention = AttentionProjections.Among(trunk, dense);
            return attention.Count > 0 ? attention : dense.Count > 0 ? dense : convolutions;
        }

        List<LayerWeight> weights = [.. dense, .. convolutions];
        var problems = options.Targets.Where(pattern => !weights.Any(weight => weight.IsCalled(pattern)))
            .Select(pattern => new Problem("MT1748", $"No dense layer or convolution of {network} is called like '{pattern}' of LoRA's 'Targets'. {NearestNames.Sentence(pattern, weights.SelectMany(weight => weight.Layers.Select(layer => layer.Name).Append(weight.Name)).Where(name => name.Length > 0))}")).ToList();
        return problems.Count == 0 ? [.. weights.Where(weight => options.Targets.Any(weight.IsCalled))] : throw new ModelTrainingException(problems);
    }
}
