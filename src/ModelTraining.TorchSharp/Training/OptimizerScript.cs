using System.Collections.Immutable;
using System.Globalization;
using static ModelTraining.Torch.ScriptText;

namespace ModelTraining.Torch;

/// <summary>
/// The update of all weights as lines of TorchScript, over lists of tensors: a few native calls whatever the number of weights. Weights of the same
/// factors are a group, whose lists are arguments of their own: writes to a list that the script makes itself may be taken for dead code. w0 are the
/// first group's weights, p0 and q0 the optimizer's state; d are all gradients, a all averages; t holds the number of the update.
/// </summary>
internal sealed class OptimizerScript
{
    private readonly Optimizer _optimizer;

    public OptimizerScript(Optimizer optimizer, ImmutableArray<TrainedWeight> weights, bool average)
    {
        _optimizer = optimizer;
        var groups = weights.Index().GroupBy(pair => (pair.Item.LearningRateFactor, pair.Item.WeightDecayFactor, pair.Item.UpdatesBefore)).ToList();
        Groups = [.. groups.Select(group => group.Select(pair => pair.Index).ToArray())];
        Lines = string.Concat(groups.Index().SelectMany(group => Group(group.Index, group.Item.Key)).Select(line => $"        {line}\n"));
        if (average) Lines += "        if average > 0.0:\n            torch._foreach_lerp_(a, w, average)\n";
    }

    /// <summary>The places of each group's weights among all.</summary>
    public ImmutableArray<int[]> Groups { get; }

    /// <summary>The lines, within the body of an if.</summary>
    public string Lines { get; }

    /// <summary>The arguments that hold the groups' lists.</summary>
    public string Arguments => string.Concat(Groups.Select((_, i) => string.Create(CultureInfo.InvariantCulture, $", w{i}: List[Tensor], p{i}: List[Tensor], q{i}: List[Tensor]")));

    private IEnumerable<string> Group(int number, (double Rate, double Decay, long Before) factors)
    {
        var gradients = Groups.Length == 1 ? "d" : Tensors(Groups[number].Select(i => string.Create(CultureInfo.InvariantCulture, $"d[{i}]")));
        return
        [
            $"gd = {gradients}", $"t.fill_(max(k[{StepSlots.UpdateNumber}] - {Number((double)factors.Before)}, 1.0))", $"lr = rate * {Number(factors.Rate)}", $"wd = decay * {Number(factors.Decay)}",
            .. Update(_optimizer).Select(line => line.Replace("gw", string.Create(CultureInfo.InvariantCulture, $"w{number}"), StringComparison.Ordinal)
                .Replace("gp", string.Create(CultureInfo.InvariantCulture, $"p{number}"), StringComparison.Ordinal).Replace("gq", string.Create(CultureInfo.InvariantCulture, $"q{number}"), StringComparison.Ordinal)),
        ];
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
