using System.Text;
using BenchmarkDotNet.Attributes;
using CsvHelper;

namespace ModelTraining.Benchmarks;

/// <summary>Reads 32,000 rows of ten mixed columns into a table with inferred types, beside a bare loop of CsvHelper over the fields.</summary>
[MemoryDiagnoser]
public class CsvReading
{
    private byte[] _file = [];

    /// <summary>Makes the file in memory.</summary>
    [GlobalSetup]
    public void Make() => _file = Encoding.UTF8.GetBytes(MixedTable.Csv(32_000));

    /// <summary>CsvHelper alone: each field as a string.</summary>
    [Benchmark(Baseline = true)]
    public long CsvHelperStrings()
    {
        using var reader = CsvReader.Create(new MemoryStream(_file));
        var characters = 0L;
        while (reader.Read())
        {
            for (var i = 0; i < reader.FieldCount; i++) characters += reader.GetString(i).Length;
        }

        return characters;
    }

    /// <summary>CsvHelper alone: each field as the bytes that are there.</summary>
    [Benchmark]
    public long CsvHelperSpans()
    {
        using var reader = CsvReader.Create(new MemoryStream(_file));
        var bytes = 0L;
        while (reader.Read())
        {
            for (var i = 0; i < reader.FieldCount; i++) bytes += reader.GetSpan(i).Length;
        }

        return bytes;
    }

    /// <summary>Ours.</summary>
    [Benchmark]
    public async Task<int> CsvToTable() => (await Csv.Stream(new MemoryStream(_file), label: "returns").ReadAsync(new SourceContext(), CancellationToken.None)).RowCount;
}
