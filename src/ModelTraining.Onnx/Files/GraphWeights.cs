namespace ModelTraining.Onnx;

/// <summary>Puts weights into graphs.</summary>
public static class GraphWeights
{
    /// <param name="graph">The graph.</param>
    extension(Graph graph)
    {
        /// <summary>Gives constants the values of the tensors of the same name, for example those of a <see cref="SafetensorsFile"/>. Half precision becomes Float where the graph wants that.</summary>
        /// <param name="weights">The values by name.</param>
        /// <param name="rename">The name in the graph of a name in <paramref name="weights"/>; by default the same.</param>
        /// <returns>What fitted and what did not. Nothing is thrown for what did not: look at it.</returns>
        public WeightsReport LoadWeights(IReadOnlyDictionary<string, Tensor> weights, Func<string, string>? rename = null)
        {
            ArgumentNullException.ThrowIfNull(weights);
            var (loaded, unexpected, misfits) = (new List<string>(), new List<string>(), new List<string>());
            foreach (var (given, tensor) in weights)
            {
                var name = rename is null ? given : rename(given);
                if (!graph.Constants.TryGetValue(name, out var constant)) unexpected.Add(given);
                else if (!constant.Shape.SequenceEqual(tensor.Shape)) misfits.Add($"{given} is [{Sizes(tensor)}], not [{Sizes(constant)}]");
                else if (As(tensor, constant.Type) is not { } fitting) misfits.Add($"{given} is {tensor.Type}, not {constant.Type}");
                else
                {
                    graph.ReplaceConstant(name, fitting);
                    loaded.Add(name);
                }
            }

            var missing = graph.Constants.Where(pair => pair.Value.Type is ElementType.Float or ElementType.Double or ElementType.Float16 && pair.Value.Shape.Length > 0).Select(pair => pair.Key).Except(loaded);
            return new WeightsReport(loaded, [.. missing], unexpected, misfits);
        }
    }

    private static string Sizes(Tensor tensor) => string.Join(", ", tensor.Shape.ToArray());

    /// <summary>The tensor as one of another type; null where that is not the same numbers.</summary>
    internal static Tensor? As(Tensor tensor, ElementType type) => (tensor.Type, type) switch
    {
        var (from, to) when from == to => tensor,
        (ElementType.Float16, ElementType.Float) => Tensor.Of(Array.ConvertAll(tensor.Elements<Half>().ToArray(), half => (float)half), tensor.Shape.ToArray()),
        (ElementType.BFloat16, ElementType.Float) => Tensor.Of(Array.ConvertAll(tensor.Elements<ushort>().ToArray(), bits => BitConverter.UInt32BitsToSingle((uint)bits << 16)), tensor.Shape.ToArray()),
        _ => null,
    };
}
