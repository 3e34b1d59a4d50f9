using ModelTraining.Onnx;

namespace ModelTraining.Tests.Gradients;

[Parallelizable(ParallelScope.Children)]
internal sealed class GradientRuleTests
{
    private static readonly int[] Opsets = [11, 13, 17, 21];

    private static IEnumerable<TestCaseData> Cases() =>
        from @case in GradientCases.All
        from opset in Opsets.Where(opset => opset >= @case.Since && opset <= @case.Until).DefaultIfEmpty(@case.Since)
        from known in @case.Dynamic && opset is not (13 or 17) ? [true, false] : new[] { true }
        select new TestCaseData(@case, opset, known).SetArgDisplayNames(@case.Name, $"opset {opset}", known ? "sizes known" : "sizes open");

    [TestCaseSource(nameof(Cases))]
    public void Of_any_operator_equals_central_differences(GradientCase @case, int opset, bool known) => GradientCheck.Run(@case, opset, known);
}
