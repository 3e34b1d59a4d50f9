namespace ModelTraining.Tests.Data;

/// <summary>The data of the samples, which is there wherever the repository is.</summary>
internal sealed class CsvShippedDataTests
{
    [TestCase("breast-cancer-wdbc.csv", 569, 31, "malignant:212 benign:357")]
    [TestCase("wine.csv", 178, 14, "class_0:59 class_1:71 class_2:48")]
    public async Task ReadAsync_sample_data_path_and_label_alone(string file, int rows, int columns, string classes)
    {
        var (table, repairs) = await Reading.WithRepairs(Csv.File(Path.Combine(TestData.Root, "samples", "data", file), "label"));
        Assert.Multiple(() =>
        {
            Assert.That((table.RowCount, table.Columns.Count), Is.EqualTo((rows, columns)));
            Assert.That(string.Join(' ', table.Values("label").GroupBy(label => label).Select(group => $"{group.Key}:{group.Count()}")), Is.EqualTo(classes));
            Assert.That(table.Columns.SkipLast(1).Select(column => column.Type), Is.All.AnyOf(ColumnType.Number, ColumnType.Integer));
            Assert.That(repairs, Is.Empty);
        });
    }
}
