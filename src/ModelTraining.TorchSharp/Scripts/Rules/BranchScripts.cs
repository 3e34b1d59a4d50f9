namespace ModelTraining.Torch;

/// <summary>What runs one graph or another. Where the sizes decide which, it is in its place already.</summary>
internal static class BranchScripts
{
    public static IReadOnlyList<ScriptRule> All { get; } = [new("If", If)];

    private static string? If(ScriptNode node)
    {
        string[] variables = [.. node.Node.Outputs.Select(_ => node.Variable())];
        node.Line($"if bool({node.X(0)}):");
        node.Branch("then_branch", variables);
        node.Line("else:");
        node.Branch("else_branch", variables);
        for (var i = 0; i < variables.Length; i++) node.Set(i, variables[i]);
        return null;
    }
}
