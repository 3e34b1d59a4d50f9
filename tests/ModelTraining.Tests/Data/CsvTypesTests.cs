namespace ModelTraining.Tests.Data;

internal sealed class CsvTypesTests
{
    [TestCase("1 -2 +3 0 9223372036854775807", ColumnType.Integer)]
    [TestCase("1 2.5 -3e2 .5 5. 1E-3", ColumnType.Number)]
    [TestCase("1.0 2.0", ColumnType.Number)]
    [TestCase("01 02 12", ColumnType.Integer, Description = "months")]
    [TestCase("00200 00043 11300", ColumnType.Text, Description = "codes")]
    [TestCase("007 1.5", ColumnType.Text)]
    [TestCase("9223372036854775808 1", ColumnType.Text, Description = "too many digits")]
    [TestCase("true FALSE True", ColumnType.Boolean)]
    [TestCase("true false 1", ColumnType.Text)]
    [TestCase("yes no yes", ColumnType.Text)]
    [TestCase("t f t", ColumnType.Text)]
    [TestCase("0 1 1", ColumnType.Integer)]
    [TestCase("2001-12-31 2001-1-1", ColumnType.DateTime)]
    [TestCase("2001-12-31T10:11:12Z 2001-01-01T00:00:00.5+02:00", ColumnType.DateTime)]
    [TestCase("31.12.2001 1.1.2001", ColumnType.DateTime)]
    [TestCase("12/31/2001 1/1/2001", ColumnType.DateTime)]
    [TestCase("31.12.2001 12/31/2001", ColumnType.Text, Description = "two orders")]
    [TestCase("12:30 13:40", ColumnType.Text)]
    [TestCase("1,5 2,25", ColumnType.Number)]
    [TestCase("1,234 2,345", ColumnType.Text, Description = "thousands or decimals")]
    [TestCase("1,5 2.5", ColumnType.Text)]
    [TestCase("1.234 2.345", ColumnType.Number)]
    [TestCase("€5 €6", ColumnType.Text)]
    [TestCase("1e999 5", ColumnType.Number)]
    [TestCase("Infinity -inf 5", ColumnType.Number)]
    [TestCase("Infinity inf", ColumnType.Text)]
    [TestCase("? NA", ColumnType.Number, Description = "all missing")]
    [TestCase("a", ColumnType.Text)]
    public async Task ReadAsync_values_give_the_type(string values, ColumnType type)
    {
        var table = await Reading.Csv("x;y\n" + string.Concat(values.Split(' ').Select(value => $"{value};z\n")));
        Assert.That(table.Schema["x"].Type, Is.EqualTo(type));
    }

    [Test]
    public async Task ReadAsync_last_row_of_many_decides_the_type()
    {
        // Far behind any sample, behind the point where values go on without codes, and more than a few.
        var numbers = string.Concat(Enumerable.Range(0, 50_000).Select(i => $"{i},{i % 7}\n"));
        var more = string.Concat(Enumerable.Range(0, 5_000).Select(i => $"k{i},x\n"));
        var table = await Reading.Csv("a,b\n" + numbers + more);
        Assert.Multiple(() =>
        {
            Assert.That(table.Types(), Is.EqualTo("a:Text b:Text"));
            Assert.That(table["a"][49_999], Is.EqualTo("49999"));
            Assert.That(table["a"][54_999], Is.EqualTo("k4999"));
            Assert.That(table["b"][54_999], Is.EqualTo("x"));
        });
    }

    [Test]
    public async Task ReadAsync_values_that_hardly_recur_come_out_as_written()
    {
        var values = Enumerable.Range(0, 20_000).Select(i => (i * 0.37f) - 1000).ToArray();
        var table = await Reading.Csv("x\n" + string.Concat(values.Select((value, i) => i % 10 == 0 ? "NA\n" : System.Globalization.CultureInfo.InvariantCulture.TextInfo.ToLower($"{value.ToString(System.Globalization.CultureInfo.InvariantCulture)}\n"))));
        Assert.Multiple(() =>
        {
            Assert.That(table["x"].MissingCount, Is.EqualTo(2000));
            for (var row = 0; row < values.Length; row++) if (row % 10 != 0) Assert.That(((NumberColumn)table["x"]).Values[row], Is.EqualTo(values[row]));
        });
    }

    [TestCase("")]
    [TestCase("?")]
    [TestCase("na")]
    [TestCase("N/A")]
    [TestCase("NaN")]
    [TestCase("NULL")]
    [TestCase("\" \"")]
    [TestCase("\u00A0")]
    public async Task ReadAsync_missing_marker_counts_against_no_type(string marker)
    {
        var table = await Reading.Csv($"a,b,c,d\n1,2.5,true,2001-01-01\n{marker},{marker},{marker},{marker}\n");
        Assert.Multiple(() =>
        {
            Assert.That(table.Types(), Is.EqualTo("a:Integer b:Number c:Boolean d:DateTime"));
            Assert.That(table.Columns.Select(column => column.MissingCount), Is.All.EqualTo(1));
        });
    }

    [Test]
    public async Task ReadAsync_said_markers_are_missing_and_default_ones_can_be_text()
    {
        var table = await Reading.Csv("a,b\n-999,NA\n5,none\n", o => o with { MissingMarkers = ["-999", "none"], DefaultMissingMarkers = false });
        Assert.Multiple(() =>
        {
            Assert.That(table.Values("a"), Is.EqualTo(new object?[] { null, 5L }));
            Assert.That(table.Values("b"), Is.EqualTo(new object?[] { "NA", null }));
        });
    }

    [Test]
    public async Task ReadAsync_numbers_but_for_a_few_stays_text_and_is_reported()
    {
        var values = Enumerable.Range(0, 1000).Select(i => i is 15 or 700 ? "abc" : $"{i}");
        var (table, repairs) = await Reading.WithRepairs(Csv.Text("x,y\n" + string.Concat(values.Select(value => $"{value},1\n"))));
        Assert.Multiple(() =>
        {
            Assert.That(table.Schema["x"].Type, Is.EqualTo(ColumnType.Text));
            Assert.That(repairs, Has.Some.Contains("column 'x': 998 of 1000 values are numbers, 'abc' (line 17) is none"));
        });
    }

    [Test]
    public async Task ReadAsync_dates_but_for_a_few_stays_text_and_is_reported()
    {
        var values = Enumerable.Range(0, 40).Select(i => i == 20 ? "soon" : $"2001-01-{1 + (i % 28)}");
        var (table, repairs) = await Reading.WithRepairs(Csv.Text("x,y\n" + string.Concat(values.Select(value => $"{value},1\n"))));
        Assert.Multiple(() =>
        {
            Assert.That(table.Schema["x"].Type, Is.EqualTo(ColumnType.Text));
            Assert.That(repairs, Has.Some.Contains("column 'x': 39 of 40 values are dates, 'soon' (line 22) is none"));
        });
    }

    [TestCase("1,234;1\n5,5;2\n", "x:Number y:Integer", true, 1.234f, TestName = "a decimal comma beyond doubt in the column")]
    [TestCase("1,234;1,5\n5,678;2,5\n", "x:Number y:Number", true, 1.234f, TestName = "a decimal comma beyond doubt elsewhere")]
    [TestCase("1.234;1,5\n5.678;2,5\n", "x:Text y:Number", true, "1.234", TestName = "a grouping point where decimals have commas")]
    [TestCase("1,234;1.5\n5,678;2.5\n", "x:Text y:Number", false, "1,234", TestName = "a grouping comma where decimals have points")]
    public async Task ReadAsync_comma_or_point_is_told_by_all_columns(string rows, string types, bool comma, object first)
    {
        var table = await Reading.Csv($"x;y\n{rows}");
        Assert.Multiple(() =>
        {
            Assert.That(table.Types(), Is.EqualTo(types));
            Assert.That(table.Schema["x"].Format.DecimalComma, Is.EqualTo(comma));
            Assert.That(table["x"][0], Is.EqualTo(first));
        });
    }

    [TestCase("31/12/2001 01/02/2001", DateOrder.DayMonthYear, 2)]
    [TestCase("12/31/2001 01/02/2001", DateOrder.MonthDayYear, 1)]
    [TestCase("2001-12-31 2001-01-02", DateOrder.YearMonthDay, 1)]
    public async Task ReadAsync_date_beyond_doubt_decides_the_order(string values, DateOrder order, int month)
    {
        var (table, repairs) = await Reading.WithRepairs(Csv.Text("d,n\n" + string.Concat(values.Split(' ').Select(value => $"{value},1\n"))));
        Assert.Multiple(() =>
        {
            Assert.That(table.Schema["d"].Format.DateOrder, Is.EqualTo(order));
            Assert.That(((DateTimeColumn)table["d"]).Values[1].Month, Is.EqualTo(month));
            Assert.That(repairs, Is.Empty);
        });
    }

    [TestCase("1/2/2001", DateOrder.MonthDayYear)]
    [TestCase("1.2.2001", DateOrder.DayMonthYear)]
    public async Task ReadAsync_date_in_doubt_is_reported(string value, DateOrder order)
    {
        var (table, repairs) = await Reading.WithRepairs(Csv.Text($"d,n\n{value},1\n"));
        Assert.Multiple(() =>
        {
            Assert.That(table.Schema["d"].Format.DateOrder, Is.EqualTo(order));
            Assert.That(repairs, Has.Some.Contains("'d'").And.Contains(value).And.Contains("DateOrder"));
        });
    }

    [Test]
    public async Task ReadAsync_said_types_are_taken()
    {
        var table = await Reading.Csv("a,b,c,d\n007,yes,1,31.12.2001\n", o => o with
        {
            Types = new Dictionary<string, ColumnType> { ["a"] = ColumnType.Integer, ["b"] = ColumnType.Boolean, ["c"] = ColumnType.Text, ["d"] = ColumnType.DateTime },
        });
        Assert.That(table.Columns.Select(column => column[0]), Is.EqualTo(new object[] { 7L, true, "1", new DateTime(2001, 12, 31) }));
    }

    [Test]
    public async Task ReadAsync_codes_and_infinities_are_reported()
    {
        var (table, repairs) = await Reading.WithRepairs(Csv.Text("zip,x\n02208,1.5\n11300,inf\n02208,inf\n"));
        Assert.Multiple(() =>
        {
            Assert.That(repairs, Has.Some.Contains("column 'zip': '02208' (line 2) has leading zeros"));
            Assert.That(repairs, Has.Some.Contains("column 'x': 'inf' (line 3) and 1 more are infinite"));
            Assert.That(table["x"].MissingCount, Is.EqualTo(2));
        });
    }

    [Test]
    public void Of_written_form_agrees_with_what_parses()
    {
        string[] numbers = ["1", "-1", "+1", "12", "1.5", "-.5", "5.", "1e5", "1E+5", "1.5e-3", "0", "0.5", "000", "1.234", "1,5", "1,234", ",5", "1e", "e5", ".", "-", "+", "--1", "1-", "1.2.3", "1,2,3", "1 2", "0x1", "1e5.5", "٣"];
        Assert.Multiple(() =>
        {
            foreach (var text in numbers)
            {
                var form = WrittenForm.Of(System.Text.Encoding.UTF8.GetBytes(text));
                var point = TextFormat.Invariant.TryParseNumber(text, out _);
                var comma = new TextFormat { DecimalComma = true }.TryParseNumber(text, out _);
                Assert.That(form is Written.Integer or Written.Code, Is.EqualTo(point && comma && !text.Contains('e', StringComparison.OrdinalIgnoreCase)), text);
                Assert.That(form is Written.Integer or Written.Code or Written.Point or Written.PointOrThousands, Is.EqualTo(point), text);
                Assert.That(form is Written.Comma or Written.CommaOrThousands, Is.EqualTo(comma && !point), text);
            }
        });
    }

    [Test]
    public void TryParse_fast_number_gives_the_bits_of_the_slow_one([Range(1, 4)] int seed)
    {
        TestContext.Out.WriteLine($"seed {seed}");
        var random = new SeededRandom((ulong)seed);
        var fast = 0;
        for (var i = 0; i < 50_000; i++)
        {
            // Numbers of all lengths, and those midway between two floats, where rounding twice goes wrong.
            var single = (float)(((1 << 23) + random.Next(1 << 23)) * Math.Pow(2, random.Next(12) - 30));
            var value = random.Next(3) switch
            {
                0 => random.NextNormal() * Math.Pow(10, random.Next(12) - 6),
                1 => ((double)single + MathF.BitIncrement(single)) / 2,
                _ => single,
            };
            var text = ((decimal)value).ToString(System.Globalization.CultureInfo.InvariantCulture);
            if (random.Next(4) == 0 && text.Length > 3) text = text[..(3 + random.Next(text.Length - 3))];
            var written = random.Next(4) == 0 ? $"+{text.TrimStart('-')}" : text;
            if (!WrittenNumber.TryParse(System.Text.Encoding.UTF8.GetBytes(written), decimalComma: false, out var parsed)) continue;
            fast++;
            Assert.That(TextFormat.Invariant.TryParseNumber(written, out var expected), written);
            Assert.That(BitConverter.SingleToUInt32Bits(parsed), Is.EqualTo(BitConverter.SingleToUInt32Bits(expected)), written);
        }

        Assert.That(fast, Is.GreaterThan(20_000));
    }

    [TestCase("", false)]
    [TestCase("-", false)]
    [TestCase(".", false)]
    [TestCase("1e5", false)]
    [TestCase("1.2.3", false)]
    [TestCase("1,5", false)]
    [TestCase("1234567890123456", false)]
    [TestCase("-.5", true)]
    [TestCase("5.", true)]
    [TestCase("-0", true)]
    public void TryParse_fast_number_takes_plain_numbers_only(string text, bool taken) =>
        Assert.That(WrittenNumber.TryParse(System.Text.Encoding.UTF8.GetBytes(text), decimalComma: false, out _), Is.EqualTo(taken));
}
