namespace ModelTraining.Onnx;

/// <summary>
/// Attention of heads, which graphs write as reshapes, transposes, two products and a softmax between them: in the form of a graph that is trained, one node that takes what the
/// projections made as it lies in memory.
/// </summary>
/// <param name="Query">The name of the queries, [batch, sequence, width].</param>
/// <param name="Key">The name of the keys, [batch, other sequence, width].</param>
/// <param name="Content">The name of the values, as the keys.</param>
/// <param name="Heads">The number of heads.</param>
/// <param name="Scale">What scores are multiplied by.</param>
/// <param name="Masks">The names of what is then added to them; each broadcasts to [batch, heads, sequence, other sequence].</param>
internal sealed record AttentionForm(string Query, string Key, string Content, long Heads, float Scale, IReadOnlyList<string> Masks)
{
    /// <summary>The attentions of a graph that <see cref="TrainingKernels.TakeAttention"/>, by the name of their result, [batch, sequence, width].</summary>
    /// <param name="form">The form, whose values are known.</param>
    /// <param name="training">What it is made of.</param>
    public static Dictionary<string, AttentionForm> Find(Graph form, TrainingGraph training)
    {
        var found = new Dictionary<string, AttentionForm>(StringComparer.Ordinal);
        var nodes = training.Graph.Nodes;
        if (nodes.All(node => node.OpType != "Softmax")) return found;
        var makers = nodes.SelectMany(node => node.Outputs.Select(name => (Name: name, Node: node))).Where(made => made.Name.Length > 0).ToDictionary(made => made.Name, made => made.Node, StringComparer.Ordinal);
        var trained = training.Weights.Select(weight => weight.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var node in nodes) if (Graph.Uses(node).Any(trained.Contains)) trained.UnionWith(node.Outputs);
        foreach (var node in nodes)
        {
            // From the result back: heads side by side again, of what was seen.
            if (node.OpType != "Reshape" || form[node.Outputs[0]].Shape is not { Count: 3 } result || Transposed(node.Inputs[0], 0, 2, 1, 3) is not { } seen) continue;
            if (Maker(seen, "MatMul") is not { } product || Maker(product.Inputs[0], "Softmax") is not { } softmax || softmax.Whole("axis", -1) is not (-1 or 3) || Of(product.Inputs[1], [0, 2, 1, 3]) is not { } content) continue;
            var masks = new List<string>();
            var scale = 1.0;
            if (Scores(softmax.Inputs[0]) is not { } scores || Of(scores.Inputs[0], [0, 2, 1, 3]) is not { } query) continue;
            if ((Of(scores.Inputs[1], [0, 2, 3, 1]) ?? (Transposed(scores.Inputs[1], 0, 1, 3, 2) is { } heads ? Of(heads, [0, 2, 1, 3]) : null)) is not { } key) continue;
            if (query.Heads != key.Heads || query.Heads != content.Heads || !TrainingKernels.TakeAttention(form[query.Name], form[key.Name], form[content.Name], query.Heads)) continue;
            if (!Broadcasting.SameShape(result, form[query.Name].Shape!) || !masks.TrueForAll(mask => IsMask(mask, scores.Outputs[0]))) continue;
            found[node.Outputs[0]] = new AttentionForm(query.Name, key.Name, content.Name, query.Heads, (float)scale, masks);

            // The product behind what scales and masks its result.
            Node? Scores(string name)
            {
                switch (makers.GetValueOrDefault(name))
                {
                    case { OpType: "MatMul" } inner: return inner;
                    case { OpType: "Mul" } inner when Number(inner.Inputs[1]) is { } factor: scale *= factor; return Scores(inner.Inputs[0]);
                    case { OpType: "Div" } inner when Number(inner.Inputs[1]) is { } divisor: scale /= divisor; return Scores(inner.Inputs[0]);
                    case { OpType: "Add" } inner when scale == 1 && form[inner.Inputs[0]].Shape is { Count: 4 } shape && form[inner.Outputs[0]].Shape is { } sum && Broadcasting.SameShape(shape, sum): masks.Add(inner.Inputs[1]); return Scores(inner.Inputs[0]);
                    default: return null;
                }
            }
        }

        return found;

        Node? Maker(string name, string opType) => makers.GetValueOrDefault(name) is { Domain: "" } node && node.OpType == opType ? node : null;

        string? Transposed(string name, params long[] permutation) => Maker(name, "Transpose") is { } node && node.Wholes("perm") is { } given && given.SequenceEqual(permutation) ? node.Inputs[0] : null;

        // What was split into heads.
        (string Name, long Heads)? Of(string name, long[] permutation) =>
            Transposed(name, permutation) is { } split && Maker(split, "Reshape") is { } reshape && form[split].Shape is [_, _, { IsKnown: true, Size: var count }, { IsKnown: true }] && form[reshape.Inputs[0]].Shape is { Count: 3 } ? (reshape.Inputs[0], count) : null;

        double? Number(string name) => !trained.Contains(name) && form.Find(name) is { Shape.Count: 0 or 1 } && ConstantValues.Find(form, name) is { Count: 1 } tensor ? ConstantValues.Number(tensor) : null;

        bool IsMask(string name, string scores)
        {
            if (trained.Contains(name) || form[name] is not { Type: ElementType.Float, Shape: { Count: <= 4 } mask } || mask.Any(size => !size.IsKnown)) return false;
            var shape = form[scores].Shape!;
            return mask.Count > 0 && mask[^1].Size == shape[^1].Size && mask.Index().All(size => size.Item.Size == 1 || size.Item.Size == shape[size.Index + 4 - mask.Count].Size);
        }
    }
}
