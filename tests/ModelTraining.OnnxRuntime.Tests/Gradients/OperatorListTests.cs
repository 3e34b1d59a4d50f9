using System.Text;
using ModelTraining.Onnx;

namespace ModelTraining.Tests.Gradients;

internal sealed class OperatorListTests
{
    [Test]
    public void Every_operator_with_a_gradient_is_checked()
    {
        var checkedOperators = GradientCases.All.Select(@case => @case.OpType).ToHashSet();
        Assert.That(GradientRules.All.Select(rule => rule.OpType).Where(opType => !checkedOperators.Contains(opType)), Is.Empty);
    }

    [Test]
    public void The_document_lists_the_operators()
    {
        var path = Path.Combine(Root(), "docs", "operators.md");
        if (Environment.GetEnvironmentVariable("UPDATE_OPERATORS") == "1") File.WriteAllText(path, Document());
        Assert.That(File.ReadAllText(path), Is.EqualTo(Document()), "docs/operators.md is made of GradientRules: set UPDATE_OPERATORS=1 to write it anew");
    }

    private static string Document()
    {
        var text = new StringBuilder("# Operators\n\n");
        text.Append("What `Gradients.Of` differentiates, from opset 11 to 21. Each row is checked against central differences in double; this page is made of the table that the\n");
        text.Append("library works by.\n\n| operator | gradient towards | not supported |\n|---|---|---|\n");
        foreach (var rule in GradientRules.All)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"| {(rule.Domain.Length > 0 ? rule.Domain + "." : "")}{rule.OpType} | {rule.Towards} | {rule.Limits} |\n");
        }

        text.Append("\nThese end the way to a gradient, since what they give changes in steps or not at all: ").AppendJoin(", ", GradientRules.Steps).Append(". So does every value of\n");
        text.Append("whole numbers, booleans or text. Any other operator is an error (MT3012) that names the node and the values to freeze: `Loop` and `Scan` among them.\n");
        return text.ToString();
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "ModelTraining.sln"))) folder = folder.Parent;
        return folder.FullName;
    }
}
