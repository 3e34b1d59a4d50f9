using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>A network of an ONNX file, without its head: what comes before the layer that answered the old question.</summary>
internal sealed class PretrainedNetwork
{
    private readonly Graph _graph;
    private readonly Graph? _half;

    private PretrainedNetwork(string name, Graph graph, Graph? half, string features) => (Name, _graph, _half, Features) = (name, graph, half, features);

    /// <summary>What it is called in messages.</summary>
    public string Name { get; }

    /// <summary>The version of the default operator set that it is written in, or was raised to: at least <see cref="Graph.DefaultOpset"/>.</summary>
    public int Opset => _graph.Opsets[""];

    /// <summary>The value that the new head takes.</summary>
    public string Features { get; }

    private IEnumerable<Value> Inputs => _graph.Inputs.Where(input => !_graph.Constants.ContainsKey(input.Name));

    /// <exception cref="ModelTrainingException">MT420x, MT311x: the file can't be read. MT3070-3072, MT3075-3077: it can't be fine-tuned as it is.</exception>
    public static PretrainedNetwork Load(string path, string? head)
    {
        var graph = OnnxFile.Load(path);
        if (graph.Nodes.Any(node => node.OpType.StartsWith("TreeEnsemble", StringComparison.Ordinal)))
        {
            throw new ModelTrainingException("MT3076", $"'{path}' holds trees, which are no network. For more trees say their options: FineTune(path, (GradientBoostingOptions o) => o with {{ Trees = 50 }}).");
        }

        ShapeInference.Infer(graph);
        graph = SingleRow.Freed(OwnVectors.Of(InferenceForm.Of(OpsetUpgrade.Of(graph, $"'{path}'"), $"'{path}'")));
        ShapeInference.Infer(graph);
        var half = HalfPrecision.IsIn(graph) ? graph : null;
        if (half is not null) graph = HalfPrecision.Widened(half);
        foreach (var (name, tensor) in graph.Constants)
        {
            if (tensor is { Type: ElementType.Float, Shape.Length: > 0 } && System.Numerics.Tensors.TensorPrimitives.IndexOfMax(tensor.Elements<float>()) is >= 0 and var at && float.IsNaN(tensor.Elements<float>()[at]))
            {
                throw new ModelTrainingException("MT3077", $"Weight '{name}' of '{path}' is no number at position {at}: whatever goes through it is none. The training that it is of has diverged, or the file is damaged: take an earlier one.");
            }
        }

        return new PretrainedNetwork($"'{path}'", graph, half, head is null ? NetworkHead.Find(graph, path) : graph[head].Name);
    }

    /// <summary>
    /// The same network with weights as at a first beginning: normal with deviation √(2 / inputs) (He et al., 2015), biases 0, normalisations that change nothing.
    /// </summary>
    public PretrainedNetwork Anew(SeededRandom random)
    {
        var graph = GraphCopy.Begin(_graph, new HashSet<string>());
        foreach (var node in _graph.Nodes) graph.AddNode(node);
        foreach (var output in _graph.Outputs) graph.AddOutput(graph[output.Name]);
        var scales = graph.Nodes.Where(node => node.OpType.EndsWith("Normalization", StringComparison.Ordinal)).SelectMany(node => new[] { node.Inputs[1], node.Inputs.ElementAtOrDefault(4) ?? "" }).ToHashSet(StringComparer.Ordinal);
        foreach (var (name, tensor) in _graph.Constants.Where(pair => pair.Value is { Type: ElementType.Float, Shape.Length: > 0, Count: > 1 }))
        {
            var values = new float[tensor.Count];
            if (scales.Contains(name)) Array.Fill(values, 1);
            else if (tensor.Shape.Length > 1)
            {
                // A convolution's weight is [outputs, inputs, kernel …], a dense layer's [inputs, outputs], or the other way round for Gemm with transB.
                var inputs = tensor.Shape.Length > 2 ? tensor.Count / tensor.Shape[0] : graph.Nodes.Any(node => node.OpType == "Gemm" && node.Inputs[1] == name && node.Attributes.TryGetValue("transB", out var transposed) && (long)transposed != 0) ? tensor.Shape[1] : tensor.Shape[0];
                foreach (ref var value in values.AsSpan()) value = (float)(random.NextNormal() * Math.Sqrt(2.0 / inputs));
            }

            graph.ReplaceConstant(name, Tensor.Of(values, tensor.Shape.ToArray()));
        }

        return new PretrainedNetwork(Name, graph, _half, Features);
    }

    /// <summary>What comes before the new head.</summary>
    public Graph Trunk()
    {
        var trunk = GraphCopy.Begin(_graph, new HashSet<string>());
        foreach (var node in _graph.Nodes) trunk.AddNode(node);
        trunk.AddOutput(trunk[Features]);
        trunk.Prune();
        return trunk;
    }

    /// <summary>Writes the trunk into the graph of <paramref name="table"/>.</summary>
    /// <param name="table">Float [batch, columns].</param>
    /// <param name="columns">The columns' names. The inputs of a network that has several take those whose names begin with theirs.</param>
    /// <param name="scale">What the columns are multiplied by.</param>
    /// <param name="names">Takes what the trunk's values are called there; null when nobody asks.</param>
    /// <returns>[batch, features]: pooled over positions where the trunk keeps some.</returns>
    public Value Write(Value table, IReadOnlyList<string> columns, double scale, TrunkNames? names = null) => Write(table, columns, scale, trunk => trunk, names ?? new TrunkNames());

    /// <summary>As above, with what is added for training.</summary>
    /// <param name="table">Float [batch, columns].</param>
    /// <param name="columns">The columns' names.</param>
    /// <param name="scale">What the columns are multiplied by.</param>
    /// <param name="additions">What is added.</param>
    /// <param name="random">Where its first weights are drawn from.</param>
    public Value Write(Value table, IReadOnlyList<string> columns, double scale, TrunkAdditions additions, SeededRandom random) =>
        Write(table, columns, scale, trunk => additions.AddTo(trunk, random.Fork("adapters")), additions.Names);

    private Value Write(Value table, IReadOnlyList<string> columns, double scale, Func<Graph, Graph> change, TrunkNames names)
    {
        var trunk = Trunk();
        var values = new Dictionary<string, Value>(StringComparer.Ordinal);
        var inputs = trunk.Inputs.Where(input => !trunk.Constants.ContainsKey(input.Name)).ToList();
        if (inputs.Count == 0) throw new ModelTrainingException("MT3071", $"What the head of {Name} would take, '{Features}', depends on none of its inputs. Name another value by the 'Head' option.");
        var owners = columns.Select(OwnerOf).ToList();
        if (inputs.Count > 1 && owners.Contains(null))
        {
            var named = string.Join(", ", columns.Where((_, column) => owners[column] is null).Take(5).Select(column => $"'{column}'"));
            throw new ModelTrainingException("MT3071", $"Columns that no input of {Name} takes: {named}. Each input takes those whose names begin with its name ({string.Join(", ", Inputs.Select(input => $"'{input.Name}'"))}): rename them, or leave them out by their roles.");
        }

        foreach (var input in inputs)
        {
            int[] chosen = [.. Enumerable.Range(0, columns.Count).Where(column => inputs.Count == 1 || owners[column] == input.Name)];
            var shape = Shape(input, chosen.Length);
            input.Shape = [Dimension.Batch, .. shape[1..].Select(Dimension.FromInt64)];
            var part = chosen.Length == columns.Count ? table : table.Gather(table.Graph.Constant(Tensor.Of([.. chosen.Select(column => (long)column)], chosen.Length)), 1);
            var given = (scale == 1 ? part : part * (float)scale).Cast(input.Type).Reshape(shape);
            values.Add(input.Name, given);
            names.Inputs.Add(input.Name, given.Name);
        }

        foreach (var value in trunk.Nodes.SelectMany(node => node.Outputs).Where(name => name.Length > 0)) trunk[value].Shape = null;
        BranchInlining.Apply(trunk);
        return Pooled(GraphCopy.Into(change(trunk), values, "", names.Renamed)[0]);
    }

    /// <summary>A trained model whose trunk is of the numbers that the file is of.</summary>
    /// <param name="model">The model, of 32-bit numbers.</param>
    /// <param name="names">What the trunk's values are called in it.</param>
    /// <param name="data">Rows to see on what that changed.</param>
    /// <param name="threads">How many threads to use at most.</param>
    /// <exception cref="ModelTrainingException">MT3084: a weight does not fit 16 bits. MT3085: predictions changed by too much.</exception>
    public NetworkModel InFormOfFile(NetworkModel model, TrunkNames names, TrainingData data, int threads)
    {
        if (_half is null) return model;
        var entries = names.Inputs.Where(pair => _half[pair.Key].Type == ElementType.Float16).Select(pair => pair.Value).ToHashSet(StringComparer.Ordinal);
        var narrowed = model.With(HalfPrecision.Narrowed(model.Network, _half, names.Now, entries));
        return narrowed.With(RoundingProof.Of(model, narrowed, data, threads));
    }

    /// <summary>The input whose name a column begins with; the longest, where one's name begins another's.</summary>
    private string? OwnerOf(string column) => Inputs.Select(input => input.Name).Where(name => column.StartsWith(name, StringComparison.Ordinal)).MaxBy(name => name.Length);

    /// <summary>[−1, sizes …] of an input that is given so many columns; one size that is not known follows from them.</summary>
    private long[] Shape(Value input, int columns)
    {
        if (input.Type is not (ElementType.Float or ElementType.Int64 or ElementType.Int32)) throw new ModelTrainingException("MT3071", $"Input {input} of {Name} takes no numbers of 32-bit or whole ones. Convert the model.");
        if (input.Shape is not { Count: >= 1 } shape) throw new ModelTrainingException("MT3071", $"The shape of input '{input.Name}' of {Name} is not known. Export it with its shapes.");
        var known = shape.Skip(1).Where(size => size.IsKnown).Aggregate(1L, (product, size) => product * size.Size);
        var open = shape.Skip(1).Count(size => !size.IsKnown);
        if (columns == 0 || open > 1 || (open == 0 ? columns != known : columns % known != 0))
        {
            var needed = open == 0 ? FormattableString.Invariant($"it takes {known}") : open == 1 ? FormattableString.Invariant($"it takes a multiple of {known}") : "more than one of its sizes is not known";
            throw new ModelTrainingException("MT3071", $"Input {input} of {Name} does not fit {columns} columns: {needed}. {(Inputs.Count() > 1 ? $"Of a network with several inputs, each takes the columns whose names begin with its name ('{input.Name}')." : columns > 1 && known > 4096 ? $"Bring pictures to the size that it was trained with; leave other columns out by their roles." : "Leave other columns out by their roles.")}");
        }

        return [-1, .. shape.Skip(1).Select(size => size.IsKnown ? size.Size : columns / known)];
    }

    private Value Pooled(Value features) => features.Shape switch
    {
        [_, { IsKnown: true }] => features,
        [_, { IsKnown: true } width, ..] shape when shape.Count > 3 => features.ReduceMean([.. Enumerable.Range(2, shape.Count - 2).Select(axis => (long)axis)], keepDims: false).Reshape(-1, width.Size),
        [_, _, { IsKnown: true }] => features.ReduceMean([1], keepDims: false),
        _ => throw new ModelTrainingException("MT3072", $"The head of {Name} would take {features}, whose size is not known. Name another value by the 'Head' option."),
    };
}
