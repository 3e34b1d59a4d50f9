namespace ModelTraining.Tests.Data;

internal sealed class RecordsTests
{
    private enum Colour
    {
        Red,
        Green,
    }

    private sealed record Everything
    {
        public int Int { get; init; }

        public int? IntOrNull { get; init; }

        public long Long { get; init; }

        public short Short { get; init; }

        public byte Byte { get; init; }

        public sbyte SByte { get; init; }

        public ushort UShort { get; init; }

        public uint UInt { get; init; }

        public ulong ULong { get; init; }

        public float Float { get; init; }

        public double? Double { get; init; }

        public decimal Decimal { get; init; }

        public Half Half { get; init; }

        public bool Bool { get; init; }

        public bool? BoolOrNull { get; init; }

        public string? Text { get; init; }

        public char Char { get; init; }

        public Guid Guid { get; init; }

        public Colour Enum { get; init; }

        public Colour? EnumOrNull { get; init; }

        public DateTime DateTime { get; init; }

        public DateTime? DateTimeOrNull { get; init; }

        public DateOnly DateOnly { get; init; }

        public DateTimeOffset DateTimeOffset { get; init; }

        public float[] Array { get; init; } = [1, 2];

        public ReadOnlyMemory<float> Memory { get; init; } = new float[] { 3 };
    }

    [Test]
    public async Task ReadAsync_each_type_of_property_becomes_its_column()
    {
        var table = await Reading.Of(Records.Of([new Everything
        {
            Int = -1, IntOrNull = 2, Long = long.MaxValue, Short = -3, Byte = 4, SByte = -5, UShort = 6, UInt = uint.MaxValue, ULong = long.MaxValue,
            Float = 1.5f, Double = 2.5, Decimal = 3.5m, Half = (Half)4.5f, Bool = true, BoolOrNull = false, Text = "  text ", Char = 'c',
            Guid = Guid.Empty, Enum = Colour.Green, EnumOrNull = Colour.Red, DateTime = new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc), DateTimeOrNull = new DateTime(2002, 1, 1),
            DateOnly = new DateOnly(2003, 1, 1), DateTimeOffset = new DateTimeOffset(2004, 1, 1, 2, 0, 0, TimeSpan.FromHours(2)),
        }]));
        Assert.Multiple(() =>
        {
            Assert.That(table.Columns.Select(column => column[0]), Is.EqualTo(new object[]
            {
                -1L, 2L, long.MaxValue, -3L, 4L, -5L, 6L, (long)uint.MaxValue, long.MaxValue, 1.5f, 2.5f, 3.5f, 4.5f, true, false, "text", "c",
                "00000000-0000-0000-0000-000000000000", "Green", "Red", new DateTime(2001, 2, 3, 4, 5, 6), new DateTime(2002, 1, 1), new DateTime(2003, 1, 1), new DateTime(2004, 1, 1),
                new[] { 1f, 2f }, new[] { 3f },
            }));
            Assert.That(table.Schema.Select(column => column.Name), Is.EqualTo(typeof(Everything).GetProperties().Select(property => property.Name)));
            Assert.That(((DateTimeColumn)table["DateTime"]).Values[0].Kind, Is.EqualTo(DateTimeKind.Unspecified));
        });
    }

    [Test]
    public async Task ReadAsync_null_is_missing()
    {
        var table = await Reading.Of(Records.Of([new Everything { Float = float.NaN, Text = "?" }]));
        Assert.That(table.Columns.Where(column => column.IsMissing(0)).Select(column => column.Name),
            Is.EquivalentTo(new[] { "IntOrNull", "Float", "Double", "BoolOrNull", "Text", "EnumOrNull", "DateTime", "DateTimeOrNull", "DateOnly", "DateTimeOffset", "Char" }));
    }

    private readonly record struct Point(float X, int? Y);

    private class Base
    {
        public int Inherited { get; init; } = 1;

        public int WriteOnly
        {
            set => Inherited2 = value;
        }

        public int Inherited2 { get; private set; } = 2;

        public static int Static => 3;

        public int this[int index] => index;
    }

    private sealed class Derived : Base
    {
        public int Own { get; init; } = 4;
    }

    [Test]
    public async Task ReadAsync_structs_anonymous_and_derived_types_are_records_too()
    {
        var points = await Reading.Of(Records.Of([new Point(1, 2), new Point(3, null)], "Y"));
        var anonymous = await Reading.Of(Records.Of(new[] { (1, "a"), (2, "b") }.Select(row => new { Number = row.Item1, Name = row.Item2 }), "Name"));
        var derived = await Reading.Of(Records.Of([new Derived()]));
        Assert.Multiple(() =>
        {
            Assert.That(points.Values("Y"), Is.EqualTo(new object?[] { 2L, null }));
            Assert.That(points.Values("X"), Is.EqualTo(new object[] { 1f, 3f }));
            Assert.That(anonymous.Types(), Is.EqualTo("Number:Integer Name:Text"));
            Assert.That(derived.Schema.Select(column => column.Name), Is.EquivalentTo(new[] { "Own", "Inherited", "Inherited2" }));
        });
    }

    [Test]
    public async Task ReadAsync_roles_are_in_the_schema_and_ignored_properties_of_other_types_left_out()
    {
        var rows = new[] { new { Id = 1, Y = 2.5, W = 1.0, Note = "x", Link = new Uri("http://localhost/") } };
        var source = Records.Of(rows, "Y", roles => roles with { Ids = ["Id"], Weight = "W", Ignored = ["Note", "Link"] });
        var table = await Reading.Of(source);
        Assert.Multiple(() =>
        {
            Assert.That(table.Schema.Select(column => (column.Name, column.Role)), Is.EqualTo(new[] { ("Id", ColumnRole.Id), ("Y", ColumnRole.Label), ("W", ColumnRole.Weight), ("Note", ColumnRole.Ignored) }));
            Assert.That(source.Description, Does.StartWith("records of"));
        });
    }

    [Test]
    public async Task ReadAsync_enumerates_once()
    {
        var enumerations = 0;
        IEnumerable<Point> Rows()
        {
            enumerations++;
            for (var i = 0; i < 10_000; i++) yield return new Point(i, i);
        }

        var table = await Reading.Of(Records.Of(Rows()));
        Assert.Multiple(() =>
        {
            Assert.That(enumerations, Is.EqualTo(1));
            Assert.That(table.RowCount, Is.EqualTo(10_000));
        });
    }

    [Test]
    public async Task ReadAsync_infinity_is_missing_and_reported()
    {
        var (table, repairs) = await Reading.WithRepairs(Records.Of([new { X = 1.0 }, new { X = 1e300 }, new { X = double.NegativeInfinity }]));
        Assert.Multiple(() =>
        {
            Assert.That(table["X"].MissingCount, Is.EqualTo(2));
            Assert.That(repairs, Has.Some.Contains("column 'X': the value of row 2 and 1 more are infinite"));
        });
    }

    [Test]
    public void ReadAsync_property_of_another_type_fails_and_names_the_fix()
    {
        var failure = Reading.Fails(Records.Of([new { A = 1, When = TimeSpan.Zero, What = new object() }]));
        Assert.Multiple(() =>
        {
            Assert.That(failure.Problems.Select(problem => problem.Id), Is.EqualTo(new[] { "MT2111", "MT2111" }));
            Assert.That(failure.Message, Does.Contain("'When'").And.Contain("TimeSpan").And.Contain("'What'").And.Contain("Ignored"));
        });
    }

    [Test]
    public void ReadAsync_type_without_properties_fails_and_names_the_fix()
    {
        Assert.Multiple(() =>
        {
            Assert.That(Reading.Fails(Records.Of([(1, 2)])).Message, Does.StartWith("MT2111").And.Contain("ValueTuple").And.Contain("Select"));
            Assert.That(Reading.Fails(Records.Of([new Dictionary<string, object>()])).Message, Does.StartWith("MT2111").And.Contain("Dictionary"));
            Assert.That(Reading.Fails(Records.Of(["text"])).Message, Does.StartWith("MT2111").And.Contain("String"));
        });
    }

    [Test]
    public void ReadAsync_values_that_do_not_fit_fail_with_their_place()
    {
        Assert.Multiple(() =>
        {
            Assert.That(Reading.Fails(Records.Of(new[] { new { A = 1 }, null! })).Message, Does.StartWith("MT2112").And.Contain("Row 2"));
            Assert.That(Reading.Fails(Records.Of([new { A = ulong.MaxValue }])).Message, Does.StartWith("MT2112").And.Contain("'A'").And.Contain("18446744073709551615"));
            Assert.That(Reading.Fails(Records.Of([new { V = new[] { 1f, 2f } }, new { V = new[] { 1f } }])).Message, Does.StartWith("MT2112").And.Contain("Row 2, column 'V'").And.Contain("1 numbers"));
            Assert.That(Reading.Fails(Records.Of([new { V = (float[]?)null }])).Message, Does.StartWith("MT2112").And.Contain("Row 1, column 'V'"));
        });
    }

    [Test]
    public void ReadAsync_no_rows_or_wrong_names_fail()
    {
        Assert.Multiple(() =>
        {
            Assert.That(Reading.Fails(Records.Of(Array.Empty<Point>())).Message, Does.StartWith("MT2101").And.Contain("Point"));
            Assert.That(Reading.Fails(Records.Of([new Point(1, 2)], "Z")).Message, Does.StartWith("MT2001").And.Contain("'Z'").And.Contain("Point"));
        });
    }

    [Test]
    public void ReadAsync_cancelled_ends()
    {
        using var cancellation = new CancellationTokenSource();
        IEnumerable<Point> Rows()
        {
            for (var i = 0; ; i++)
            {
                if (i == 10_000) cancellation.Cancel();
                yield return new Point(i, i);
            }
        }

        Assert.That(async () => await Records.Of(Rows()).ReadAsync(new SourceContext(), cancellation.Token), Throws.InstanceOf<OperationCanceledException>());
    }

    private sealed class Rows(int count, Action? atRow5000 = null) : IAsyncEnumerable<Point>, IEnumerable<Point>
    {
        public int Enumerations { get; private set; }

        public bool IsDisposed { get; private set; }

        public async IAsyncEnumerator<Point> GetAsyncEnumerator(CancellationToken cancellationToken = default)
        {
            Enumerations++;
            try
            {
                for (var i = 0; i < count; i++)
                {
                    if (i % 1000 == 0) await Task.Yield();
                    if (i == 5000) atRow5000?.Invoke();
                    yield return new Point(i, i % 2 == 0 ? i : null);
                }
            }
            finally
            {
                IsDisposed = true;
            }
        }

        public IEnumerator<Point> GetEnumerator() => throw new InvalidOperationException("To be enumerated asynchronously.");

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }

    [Test]
    public async Task ReadAsync_asynchronous_records_are_enumerated_once_and_equal_those_in_memory()
    {
        var rows = new Rows(10_000);
        var source = Records.Of(rows, "Y");
        var table = await Reading.Of(source);
        var expected = await Reading.Of(Records.Of(Enumerable.Range(0, 10_000).Select(i => new Point(i, i % 2 == 0 ? i : null)), "Y"));
        Assert.Multiple(() =>
        {
            Assert.That(rows.Enumerations, Is.EqualTo(1));
            Assert.That(rows.IsDisposed, Is.True);
            Assert.That(table.Schema.Label!.Name, Is.EqualTo("Y"));
            Assert.That(table.Values("X"), Is.EqualTo(expected.Values("X")));
            Assert.That(table.Values("Y"), Is.EqualTo(expected.Values("Y")));
            Assert.That(source.Description, Is.EqualTo("records of Point"));
        });
    }

    [Test]
    public void ReadAsync_asynchronous_records_cancelled_end()
    {
        using var cancellation = new CancellationTokenSource();
        var rows = new Rows(int.MaxValue, cancellation.Cancel);
        Assert.That(async () => await Records.Of(rows).ReadAsync(new SourceContext(), cancellation.Token), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(rows.IsDisposed, Is.True);
    }

    [Test]
    public void ReadAsync_asynchronous_records_that_are_none_or_wrong_fail()
    {
        Assert.Multiple(() =>
        {
            Assert.That(Reading.Fails(Records.Of(new Rows(0))).Message, Does.StartWith("MT2101").And.Contain("Point"));
            Assert.That(Reading.Fails(Records.Of(new Rows(1), "Z")).Message, Does.StartWith("MT2001").And.Contain("'Z'"));
        });
    }
}
