using ModelTraining.Tests.Conformance;

namespace ModelTraining.Tests.Cleaning;

public class SpellingTests
{
    private static readonly string?[] Cities = ["New York", "new york", "New  York", " New York", "Boston", "BOSTON", "BOSTON", "?", null, "Paris"];
    private static readonly string[] Expected = ["New York", "New York", "New York", "New York", "BOSTON", "BOSTON", "BOSTON", "", "", "Paris"];

    [Test]
    public void Run_equal_names_get_the_most_frequent_spelling()
    {
        var cleaned = new Cleaned(Cleaned.TableOf(("city", Cities)), new CleanOptions { Duplicates = DuplicateRows.Keep });
        Assert.That(Same.Values(cleaned.Table["city"]), Is.EqualTo(Expected));
        Assert.That(cleaned.Counts(CleanStep.Blanks)["city"], Is.EqualTo(3), "two with blanks, one question mark");
        Assert.That(cleaned.Counts(CleanStep.Spelling)["city"], Is.EqualTo(2));
        Assert.That(cleaned.Report.Findings.Single(finding => finding.Step == CleanStep.Spelling).Examples, Does.Contain(new CleanExample(5, "'Boston'", "'BOSTON'")));
    }

    [Test]
    public void Emit_raw_spellings_become_what_they_were_in_training()
    {
        var raw = Cleaned.TableOf(("city", Cities));
        var repair = new Cleaned(raw, new CleanOptions { Duplicates = DuplicateRows.Keep }).Context.Repairs.Single();
        Assert.That(GraphRun.Run(raw, repair.Emit)["city"], Is.EqualTo(Expected));
        var unseen = Cleaned.TableOf(("city", ["London", "", "boston", "Boston"]));
        Assert.That(GraphRun.Run(unseen, repair.Emit)["city"], Is.EqualTo(new[] { "London", "", "boston", "BOSTON" }));
        Assert.That(Same.Values(repair.Apply(unseen)["city"]), Is.EqualTo(new[] { "London", "", "boston", "BOSTON" }));
    }

    [Test]
    public void Emit_columns_that_a_graph_lacks_are_no_matter()
    {
        var repair = new Cleaned(Cleaned.TableOf(("city", Cities))).Context.Repairs.Single();
        var other = Cleaned.TableOf(("name", ["a"]));
        Assert.That(GraphRun.Run(other, repair.Emit).Keys, Is.EqualTo(new[] { "name" }));
        Assert.That(repair.Apply(other)["name"], Is.SameAs(other["name"]));
    }

    [Test]
    public void Run_nothing_to_repair_records_no_repair()
    {
        var cleaned = new Cleaned(Cleaned.TableOf(("city", ["Rome", "Paris", "Rome", null])));
        Assert.That(cleaned.Context.Repairs, Is.Empty);
        Assert.That(cleaned.Counts(CleanStep.Spelling), Is.Empty);
    }

    [Test]
    public void Run_spelling_off_keeps_case()
    {
        var cleaned = new Cleaned(Cleaned.TableOf(("city", ["Rome ", "rome", "ROME"])), new CleanOptions { Spelling = false });
        Assert.That(Same.Values(cleaned.Table["city"]), Is.EqualTo(new[] { "Rome", "rome", "ROME" }));
    }

    [Test]
    public void Run_label_gets_one_spelling()
    {
        var table = Cleaned.TableOf(("x", ["a", "b", "c"]), ("label", ["Yes", "yes ", "Yes"])).WithRole("label", ColumnRole.Label);
        Assert.That(((TextColumn)new Cleaned(table).Table.Label!).Categories.ToArray(), Is.EqualTo(new[] { "Yes" }));
    }

    [TestCase("  a \t b\u00A0c ", "a b c")]
    [TestCase("a b", "a b")]
    [TestCase(" ", "")]
    [TestCase("", "")]
    public void Collapse_leaves_single_spaces_within(string text, string expected) => Assert.That(Blanks.Collapse(text), Is.EqualTo(expected));

    [Test]
    public void Collapse_same_text_is_the_same_string()
    {
        var text = new string("New York".AsSpan());
        Assert.That(Blanks.Collapse(text), Is.SameAs(text));
    }

    [Test]
    public void Clean_sentences_are_not_spelled_and_stay_out_of_the_model()
    {
        var cleaned = new Cleaned(Cleaned.TableOf(("text", [.. Enumerable.Range(0, 60).Select(row => row == 5 ? "N/A" : $"This  is sentence number {row} of {(row % 2 == 0 ? "many" : "MANY")}")])));
        Assert.That(cleaned.Table["text"][0], Is.EqualTo("This  is sentence number 0 of many"));
        Assert.That(cleaned.Table["text"][5], Is.Null, "what stands for a missing value is missing");
        Assert.That(cleaned.Counts(CleanStep.Blanks), Is.EqualTo(new Dictionary<string, int> { ["text"] = 1 }));
        Assert.That(cleaned.Context.Repairs.Single().Description, Is.EqualTo("One spelling for equal names: text (1)."));
    }
}
