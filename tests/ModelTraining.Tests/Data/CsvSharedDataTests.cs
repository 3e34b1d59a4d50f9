namespace ModelTraining.Tests.Data;

/// <summary>Real files, each read from path and label alone.</summary>
internal sealed class CsvSharedDataTests
{
    private static readonly object[][] Files =
    [
        ["abalone.csv", "column8", 4177, 9, "column0:Text column1:Number column8:Integer", 0],
        ["adult.csv", "label(IsOver50K)", 32561, 15, "age:Integer workclass:Text native-country:Text label(IsOver50K):Integer", 1836 + 1843 + 583],
        ["bike-sharing-hour-test.csv", "cnt", 3430, 17, "instant:Integer dteday:DateTime temp:Number cnt:Integer", 0],
        ["bike-sharing-hour-train.csv", "cnt", 13949, 17, "instant:Integer dteday:DateTime windspeed:Number cnt:Integer", 0],
        ["boston-housing.txt", "MedianHomeValue", 506, 14, "MedianHomeValue:Number CharlesRiver:Integer", 0],
        ["breast-cancer-wdbc.csv", "label", 569, 31, "mean_radius:Number label:Text", 0],
        ["breast-cancer-wisconsin.txt", "column0", 699, 10, "column0:Integer column6:Integer", 16],
        ["california-housing.csv", "median_house_value", 20640, 10, "total_bedrooms:Number ocean_proximity:Text", 207],
        ["credit-approval.csv", "A16", 552, 16, "A2:Number A11:Integer A14:Text A16:Text", 12 + 9 + 2 + 2 + 5 + 5 + 6],
        ["diabetes.csv", "target", 442, 11, "bmi:Number sex:Integer target:Integer", 0],
        ["digits.csv", "label", 1797, 65, "p0:Integer p63:Integer label:Integer", 0],
        ["heart-disease-uci.csv", "num", 920, 16, "fbs:Boolean exang:Boolean oldpeak:Number ca:Integer thal:Text num:Integer", 1759],
        ["horse-colic.csv", "column23", 300, 28, "column3:Number column23:Integer column24:Text", 1605],
        ["iris-decimal-comma.csv", "Label", 150, 5, "Label:Integer column1:Number column4:Number", 0],
        ["iris.csv", "label", 150, 5, "sepal_length:Number label:Text", 0],
        ["iris.txt", "Label", 150, 5, "Label:Integer", 0],
        ["linnerud.csv", "Pulse", 20, 6, "Chins:Integer Pulse:Integer", 0],
        ["mammography.csv", "column6", 11183, 7, "column0:Number column6:Integer", 0],
        ["penguins.csv", "species", 344, 7, "species:Text bill_length_mm:Number flipper_length_mm:Integer sex:Text", 2 + 2 + 2 + 2 + 11],
        ["pima-diabetes.csv", "column8", 768, 9, "column0:Integer column5:Number column8:Integer", 0],
        ["quirk-missing-fields.csv", "description", 14, 7, "int:Integer description:Text num1:Number date:DateTime num4:Number", 28],
        ["quirk-multiline-quoted.csv", "animal", 13, 3, "id:Integer description:Text animal:Text", 3],
        ["quirk-quoting.csv", "ID", 3, 2, "ID:Integer Text:Text", 0],
        ["taxi-fare-test-5k.csv", "fare_amount", 5000, 7, "vendor_id:Text rate_code:Integer fare_amount:Number", 0],
        ["taxi-fare-train-20k.csv", "fare_amount", 20000, 7, "payment_type:Text trip_distance:Number fare_amount:Number", 0],
        ["telco-churn.csv", "Churn", 7043, 21, "customerID:Text tenure:Integer TotalCharges:Number Churn:Text", 11],
        ["titanic.csv", "survived", 891, 15, "survived:Integer age:Number adult_male:Boolean alive:Text", 177 + 688 + 2 + 2],
        ["wine-customers-pivot.csv", "C1", 100, 33, "C32:Integer LastName:Text", 0],
        ["wine.csv", "label", 178, 14, "alcohol:Number proline:Integer label:Text", 0],
        ["winequality-red.csv", "column11", 1599, 12, "column0:Number column11:Integer", 0],
        ["winequality-white.csv", "column11", 4898, 12, "column0:Number column11:Integer", 0],
    ];

    [TestCaseSource(nameof(Files))]
    public async Task ReadAsync_real_file_path_and_label_alone(string file, string label, int rows, int columns, string types, int missing)
    {
        var table = await Reading.Of(Csv.File(TestData.Shared($"tabular/{file}"), label));
        Assert.Multiple(() =>
        {
            Assert.That(table.RowCount, Is.EqualTo(rows));
            Assert.That(table.Columns, Has.Count.EqualTo(columns));
            Assert.That($" {table.Types()} ", types.Split(' ').Aggregate(Does.Contain(" "), (all, type) => all.And.Contain($" {type} ")));
            Assert.That(table.Columns.Sum(column => column.MissingCount), Is.EqualTo(missing));
            Assert.That(table.Label!.Name, Is.EqualTo(label));
        });
    }

    [Test]
    public void Files_of_the_folder_are_all_in_the_table() =>
        Assert.That(Files.Select(file => file[0]), Is.EquivalentTo(Directory.GetFiles(TestData.Shared("tabular")).Select(Path.GetFileName)));

    [Test]
    public async Task ReadAsync_mammography_takes_single_quotes_for_quotes()
    {
        var table = await Reading.Of(Csv.File(TestData.Shared("tabular/mammography.csv"), "column6"));
        Assert.That(((IntegerColumn)table.Label!).Values.ToArray().Count(value => value == 1), Is.EqualTo(260));
    }

    [Test]
    public async Task ReadAsync_decimal_commas_under_a_torn_header_gives_numbers_and_says_so()
    {
        var (table, repairs) = await Reading.WithRepairs(Csv.File(TestData.Shared("tabular/iris-decimal-comma.csv"), "Label"));
        Assert.Multiple(() =>
        {
            Assert.That(table["column1"][0], Is.EqualTo(5.1f));
            Assert.That(table.Schema["column1"].Format.DecimalComma);
            Assert.That(repairs, Has.Some.Contains("the header has 7 names, but the rows have 5 fields"));
        });
    }

    [Test]
    public void ReadAsync_label_that_a_torn_header_leaves_unknown_fails()
    {
        var failure = Reading.Fails(Csv.File(TestData.Shared("tabular/iris-decimal-comma.csv"), "Petal width"));
        Assert.That(failure.Message, Does.StartWith("MT2105").And.Contain("iris-decimal-comma.csv, line 1").And.Contain("'Petal width'").And.Contain("column4"));
    }

    [Test]
    public async Task ReadAsync_missing_fields_says_what_it_repaired()
    {
        var (table, repairs) = await Reading.WithRepairs(Csv.File(TestData.Shared("tabular/quirk-missing-fields.csv"), "description"));
        Assert.Multiple(() =>
        {
            Assert.That(repairs, Has.Some.Contains("2 rows end early (lines 10 and 11)"));
            Assert.That(repairs, Has.Some.Contains("'num4'").And.Contains("'Infinity' (line 15)"));
            Assert.That(repairs, Has.Some.Contains("'date'").And.Contains("month first"));
            Assert.That(table["num3"].IsMissing(8), "row 6 of the file, without num3");
            Assert.That(table["num2"][8], Is.EqualTo(66.66f));
        });
    }

    [Test]
    public async Task ReadAsync_multiline_quotes_and_comments_keeps_what_looks_like_a_comment_in_quotes()
    {
        var table = await Reading.Of(Csv.File(TestData.Shared("tabular/quirk-multiline-quoted.csv"), "animal"));
        Assert.Multiple(() =>
        {
            Assert.That(table["description"][2], Is.EqualTo("this is a multiline\nquoted description"));
            Assert.That(table["description"][3], Is.EqualTo("this has one\"doublequote which should be escaped as a single quote"));
            Assert.That((string)table["description"][5]!, Does.Contain("//and this comment with // shouldn't be ignored").And.EndsWith("\"multiline\""));
            Assert.That(table["description"][10], Is.EqualTo("we also allow\"quotes in the middle of fields"));
            Assert.That(table["animal"][2], Is.EqualTo("bird"));
        });
    }

    [Test]
    public async Task ReadAsync_quote_not_closed_takes_its_own_line_only()
    {
        var (table, repairs) = await Reading.WithRepairs(Csv.File(TestData.Shared("text/wikipedia-detox-250-train.tsv"), "Sentiment"));
        Assert.Multiple(() =>
        {
            Assert.That(table.RowCount, Is.EqualTo(250));
            Assert.That(table.Types(), Is.EqualTo("Sentiment:Integer SentimentText:Text LoggedIn:Boolean"));
            Assert.That(repairs, Has.Some.Contains("1 row has a quote that is not closed on its line (line 83)"));
        });
    }

    [TestCase("text/sms-spam.tsv", 5574, "column0:Text column1:Text")]
    [TestCase("text/yelp_labelled.tsv", 1000, "column0:Text column1:Integer")]
    [TestCase("text/amazon_cells_labelled.tsv", 1000, "column0:Text column1:Integer")]
    [TestCase("text/github-corefx-issues.tsv", 1615, "ID:Integer Area:Text Title:Text Description:Text")]
    [TestCase("timeseries/airline-passengers.csv", 144, "Month:Text Passengers:Integer")]
    [TestCase("timeseries/daily-min-temperatures.csv", 3650, "Date:DateTime Temp:Number")]
    [TestCase("recommendation/movielens-small-movies.csv", 9742, "movieId:Integer title:Text genres:Text")]
    public async Task ReadAsync_text_that_people_wrote_finds_the_rows(string file, int rows, string types)
    {
        var table = await Reading.Of(Csv.File(TestData.Shared(file)));
        Assert.Multiple(() =>
        {
            Assert.That(table.RowCount, Is.EqualTo(rows));
            Assert.That(table.Types(), Is.EqualTo(types));
        });
    }
}
