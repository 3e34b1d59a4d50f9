namespace ModelTraining.Tests.Cleaning;

public class FormatTests
{
    [Test]
    public void Run_decorated_numbers_become_numbers()
    {
        var cleaned = new Cleaned(Cleaned.TableOf(("price", ["$1,234.50", " 12 ", "(3.5)", "45 %", "?", "-7"])));
        Assert.That(((NumberColumn)cleaned.Table["price"]).Values.ToArray(), Is.EqualTo(new[] { 1234.5f, 12, -3.5f, 45, float.NaN, -7 }));
        Assert.That(cleaned.Table.Schema["price"].Format.DecimalComma, Is.False);
        var finding = cleaned.Report.Findings.Single();
        Assert.That((finding.Step, finding.Count, finding.Of), Is.EqualTo((CleanStep.Format, 5, 6)));
        Assert.That(finding.Examples[0], Is.EqualTo(new CleanExample(1, "'$1,234.50'", "'1234.5'")));
        Assert.That(cleaned.Context.Repairs, Is.Empty, "the graph takes the number");
    }

    [Test]
    public void Run_decimal_comma_is_decided_for_the_column()
    {
        var cleaned = new Cleaned(Cleaned.TableOf(("price", ["1.234,50", "2,5", "1.234"])));
        Assert.That(((NumberColumn)cleaned.Table["price"]).Values.ToArray(), Is.EqualTo(new[] { 1234.5f, 2.5f, 1234 }));
        Assert.That(cleaned.Table.Schema["price"].Format.DecimalComma, Is.True, "a served row is read alike");
        Assert.That(cleaned.Warnings, Is.Empty);
    }

    [Test]
    public void Run_comma_that_could_be_either_is_warned_of()
    {
        var cleaned = new Cleaned(Cleaned.TableOf(("price", ["1,234", "5,678"])));
        Assert.That(((NumberColumn)cleaned.Table["price"]).Values.ToArray(), Is.EqualTo(new[] { 1234f, 5678 }));
        Assert.That(cleaned.Warnings.Single(), Does.Contain("'1,234' is read as 1234, and could be 1.234"));
    }

    [Test]
    public void Run_stated_decimal_comma_is_kept_where_text_can_be_either()
    {
        var table = Cleaned.TableOf(("price", ["$1,234", "$5,678"])).WithFormat("price", new TextFormat { DecimalComma = true });
        Assert.That(((NumberColumn)new Cleaned(table).Table["price"]).Values.ToArray(), Is.EqualTo(new[] { 1.234f, 5.678f }));
    }

    [Test]
    public void Run_whole_numbers_with_one_slip_become_integers()
    {
        var values = Enumerable.Range(100, 39).Select(i => (string?)$"{i}").Append("unknown").ToArray();
        var cleaned = new Cleaned(Cleaned.TableOf(("count", values)));
        Assert.That(cleaned.Table["count"], Is.TypeOf<IntegerColumn>());
        Assert.That(cleaned.Table["count"].IsMissing(39));
        var lost = cleaned.Report.Findings.Single(finding => finding.Step == CleanStep.Unreadable);
        Assert.That((lost.Count, lost.Examples[0]), Is.EqualTo((1, new CleanExample(40, "'unknown'", "missing"))));
    }

    [Test]
    public void Run_too_many_slips_leave_text()
    {
        var values = Enumerable.Range(100, 37).Select(i => (string?)$"{i}").Concat(["unknown", "none", "none"]).ToArray();
        Assert.That(new Cleaned(Cleaned.TableOf(("count", values))).Table["count"], Is.TypeOf<TextColumn>());
    }

    [Test]
    public void Run_rare_category_among_few_numbers_leaves_text()
    {
        var values = Enumerable.Range(0, 100).Select(i => (string?)(i == 0 ? "3+" : $"{i % 3}")).ToArray();
        Assert.That(new Cleaned(Cleaned.TableOf(("children", values))).Table["children"], Is.TypeOf<TextColumn>());
    }

    [Test]
    public void Run_codes_with_leading_zeros_stay_text()
    {
        var cleaned = new Cleaned(Cleaned.TableOf(("lesion", ["02208", "11300", "00000"]), ("month", ["07", "12", "$9"])));
        Assert.That(cleaned.Table["lesion"], Is.TypeOf<TextColumn>());
        Assert.That(cleaned.Table["month"], Is.TypeOf<NumberColumn>());
    }

    [Test]
    public void Run_booleans_in_words_become_booleans()
    {
        var cleaned = new Cleaned(Cleaned.TableOf(("a", ["Yes", "no", "", "NO "]), ("b", ["t", "f", "t", "N/A"]), ("c", ["f", "f", null, "f"]), ("d", ["yes", "no", "no service", "yes"])));
        Assert.That(((BooleanColumn)cleaned.Table["a"]).Values.ToArray(), Is.EqualTo(new byte[] { 1, 0, 255, 0 }));
        Assert.That(((BooleanColumn)cleaned.Table["b"]).Values.ToArray(), Is.EqualTo(new byte[] { 1, 0, 1, 255 }));
        Assert.That(cleaned.Table["c"], Is.TypeOf<TextColumn>(), "nothing but f may mean female");
        Assert.That(cleaned.Table["d"], Is.TypeOf<TextColumn>(), "a third answer");
    }

    [Test]
    public void Run_dates_in_mixed_forms_become_dates()
    {
        var cleaned = new Cleaned(Cleaned.TableOf(("day", ["31/12/2001", "01.02.2003", "2004-05-06", "7 Aug 2009", "null"])));
        Assert.That(((DateTimeColumn)cleaned.Table["day"]).Values.ToArray(), Is.EqualTo(new[] { new DateTime(2001, 12, 31), new DateTime(2003, 2, 1), new DateTime(2004, 5, 6), new DateTime(2009, 8, 7), DateTimeColumn.Missing }));
        Assert.That(cleaned.Table.Schema["day"].Format.DateOrder, Is.EqualTo(DateOrder.DayMonthYear));
        Assert.That(cleaned.Warnings, Is.Empty);
    }

    [TestCase("01/02/2003", 1, 2, TestName = "slashes, month first")]
    [TestCase("01.02.2003", 2, 1, TestName = "points, day first")]
    public void Run_dates_that_could_be_either_are_warned_of(string text, int month, int day)
    {
        var cleaned = new Cleaned(Cleaned.TableOf(("day", [text, null])));
        Assert.That(((DateTimeColumn)cleaned.Table["day"]).Values[0], Is.EqualTo(new DateTime(2003, month, day)));
        Assert.That(cleaned.Warnings.Single(), Does.Contain("no date in the column says whether day or month comes first"));
    }

    [Test]
    public void Run_stated_order_of_dates_is_kept_without_a_warning()
    {
        var table = Cleaned.TableOf(("day", ["01/02/2003", "03/04/2005"])).WithFormat("day", new TextFormat { DateOrder = DateOrder.DayMonthYear });
        var cleaned = new Cleaned(table);
        Assert.That(((DateTimeColumn)cleaned.Table["day"]).Values[0], Is.EqualTo(new DateTime(2003, 2, 1)));
        Assert.That(cleaned.Warnings, Is.Empty);
    }

    [Test]
    public void Run_label_stays_text()
    {
        var table = Cleaned.TableOf(("x", ["1", "2", "3", "4"]), ("sign", ["-", "+", " -", "+"])).WithRole("sign", ColumnRole.Label);
        Assert.That(new Cleaned(table).Table.Label!.Count, Is.EqualTo(4));
        Assert.That(((TextColumn)new Cleaned(table).Table.Label!).Categories.ToArray(), Is.EqualTo(new[] { "-", "+" }));
        var numbers = Cleaned.TableOf(("x", ["1", "2", "3", "4"]), ("label", ["1", "-1", "yes", "no"])).WithRole("label", ColumnRole.Label);
        Assert.That(new Cleaned(numbers).Table.Label, Is.TypeOf<TextColumn>());
    }

    [Test]
    public void Run_ids_and_ignored_columns_are_not_touched()
    {
        var table = Cleaned.TableOf(("x", ["1", "2"]), ("id", [" 01", "02"]), ("note", ["Yes", "no "])).WithRole("id", ColumnRole.Id).WithRole("note", ColumnRole.Ignored);
        var cleaned = new Cleaned(table).Table;
        Assert.That(cleaned["id"], Is.SameAs(table["id"]));
        Assert.That(cleaned["note"], Is.SameAs(table["note"]));
    }

    [Test]
    public void Run_formats_off_leaves_text()
    {
        var cleaned = new Cleaned(Cleaned.TableOf(("price", ["1,234.5", " 2 "])), new CleanOptions { Formats = false, Spelling = false });
        Assert.That(cleaned.Table["price"], Is.TypeOf<TextColumn>());
        Assert.That(cleaned.Report.Findings, Is.Empty);
    }
}
