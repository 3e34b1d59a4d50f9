namespace ModelTraining.Tests.Features;

public class TextProfileTests
{
    private static TextProfile Of(int rows, Func<int, string?> value) => TextProfiles.Of(TextColumn.From("t", [.. Enumerable.Range(0, rows).Select(value)]));

    [Test]
    public void Of_values_that_come_again_are_categories() => Assert.That(Of(100, row => $"a city of long name {row % 40}"), Is.EqualTo(TextProfile.Categories));

    [Test]
    public void Of_words_that_differ_are_keys() => Assert.That(Of(100, row => row % 20 == 0 ? null : $"K{row}"), Is.EqualTo(TextProfile.Keys));

    [Test]
    public void Of_sentences_that_differ_are_prose() => Assert.That(Of(100, row => $"the product number {row / 2 * 2 + row % 2} is good"), Is.EqualTo(TextProfile.Prose));

    [Test]
    public void Of_few_rows_are_categories() => Assert.That(Of(20, row => $"K{row}"), Is.EqualTo(TextProfile.Categories));
}
