using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using static ModelTraining.Torch.ScriptText;

namespace ModelTraining.Torch;

/// <summary>
/// The update of all weights as lines of TorchScript, over lists of tensors: a few native calls whatever the number of weights. w are weights, d
/// gradients, p and q the optimizer's state, a averages; t holds the number of the update.
/// </summary>
internal static class OptimizerScript
{
    /// <summary>The lines, within the body of an if.</summary>
    public static string Of(Optimizer optimizer, ImmutableArray<TrainedWeight> weights, bool average)
    {
        var text = new StringBuilder();
        var groups = weights.Index().GroupBy(pair => (pair.Item.LearningRateFactor, pair.Item.WeightDecayFactor)).ToList();
        foreach (var group in groups)
        {
            void Line(string line) => text.Append("        ").Append(line).Append('\n');
            string Part(string list) => groups.Count == 1 ? list : Tensors(group.Select(pair => string.Create(CultureInfo.InvariantCulture, $"{list}[{pair.Index}]")));
            Line($"gw = {Part("w")}");
            Line($"gd = {Part("d")}");
            if (optimizer.State.Count > 0) Line($"gp = {Part("p")}");
            if (optimizer.State.Count > 1) Line($"gq = {Part("q")}");
            Line($"lr = rate * {Number(group.Key.LearningRateFactor)}");
            Line($"wd = decay * {Number(group.Key.WeightDecayFactor)}");
            foreach (var line in Update(optimizer)) Line(line);
        }

        if (average) text.Append("        if average > 0.0:\n            torch._foreach_lerp_(a, w, average)\n");
        return text.ToString();
    }

    private static IEnumerable<string> Update(Optimizer optimizer) => optimizer switch
    {
        Sgd sgd => [.. Decayed(), .. Sgd(sgd)],
        Adam adam => [Fused("adam", adam.Beta1, adam.Beta2, adam.Epsilon)],
        AdamW adam => [Fused("adamw", adam.Beta1, adam.Beta2, adam.Epsilon)],
        RmsProp prop => [.. Decayed(), .. RmsProp(prop)],
        Adagrad adagrad =>
        [
            .. Decayed(), "torch._foreach_addcmul_(gp, gd, gd, 1.0)", "root = torch._foreach_sqrt(gp)", $"torch._foreach_add_(root, {Number(adagrad.Epsilon)})", "torch._foreach_addcdiv_(gw, gd, root, -lr)",
        ],
        Lion lion =>
        [
            $"direction = torch._foreach_mul(gp, {Number(lion.Beta1)})", $"torch._foreach_add_(direction, gd, alpha={Number(1 - lion.Beta1)})", "direction = [torch.sign(o) for o in direction]",
            $"torch._foreach_mul_(gp, {Number(lion.Beta2)})", $"torch._foreach_add_(gp, gd, alpha={Number(1 - lion.Beta2)})", "torch._foreach_mul_(gw, 1.0 - lr * wd)", "torch._foreach_add_(gw, direction, alpha=-lr)",
        ],
        _ => throw new NotSupportedException($"{optimizer.GetType().Name} has no update."),
    };

    /// <summary>Weight decay that is added to the gradients, which others may still need.</summary>
    private static IEnumerable<string> Decayed() => ["if wd != 0.0:", "    gd = torch._foreach_add(gd, gw, alpha=wd)"];

    private static IEnumerable<string> Sgd(Sgd sgd)
    {
        if (sgd.Momentum > 0)
        {
            yield return $"torch._foreach_mul_(gp, {Number(sgd.Momentum)})";
            yield return "torch._foreach_add_(gp, gd)";
            yield return sgd.Nesterov ? $"gd = torch._foreach_add(gd, gp, alpha={Number(sgd.Momentum)})" : "gd = gp";
        }

        yield return "torch._foreach_add_(gw, gd, alpha=-lr)";
    }

    private static IEnumerable<string> RmsProp(RmsProp prop)
    {
        yield return $"torch._foreach_mul_(gp, {Number(prop.Alpha)})";
        yield return $"torch._foreach_addcmul_(gp, gd, gd, {Number(1 - prop.Alpha)})";
        yield return "root = torch._foreach_sqrt(gp)";
        yield return $"torch._foreach_add_(root, {Number(prop.Epsilon)})";
        if (prop.Momentum > 0)
        {
            yield return $"torch._foreach_mul_(gq, {Number(prop.Momentum)})";
            yield return "torch._foreach_addcdiv_(gq, gd, root, 1.0)";
            yield return "torch._foreach_add_(gw, gq, alpha=-lr)";
        }
        else
        {
            yield return "torch._foreach_addcdiv_(gw, gd, root, -lr)";
        }
    }

    /// <summary>One pass over all weights.</summary>
    private static string Fused(string name, double beta1, double beta2, double epsilon) =>
        $"torch._fused_{name}_(gw, gd, gp, gq, none, [t for o in gw], lr=lr, beta1={Number(beta1)}, beta2={Number(beta2)}, weight_decay=wd, eps={Number(epsilon)}, amsgrad=False, maximize=False)";
}
