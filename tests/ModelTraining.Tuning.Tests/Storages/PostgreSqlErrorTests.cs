namespace ModelTraining.Tests.Storages;

/// <summary>What needs no server.</summary>
internal sealed class PostgreSqlErrorTests
{
    [TestCase("Host=127.0.0.1;Port=1;Username=tuner;Password=s3cret;Database=studies", "127.0.0.1")]
    [TestCase("Host=nowhere.invalid;Username=tuner;Password=s3cret;Database=studies", "nowhere.invalid")]
    public void Read_ofAServerThatIsNotThere_isAnErrorThatNamesItAndNoSecret(string connectionString, string host)
    {
        using var storage = new PostgreSqlStudyStorage(connectionString, "digits", o => o with { Patience = TimeSpan.FromMilliseconds(50) });
        var thrown = Assert.Throws<ModelTrainingException>(() => storage.Read(0))!;

        Assert.That(thrown.Id, Is.EqualTo("MT4400"));
        Assert.That(thrown.Message, Does.Contain($"'digits' of the database 'studies' at {host}").And.Contain("See that the server is up"));
        Assert.That(thrown.ToString(), Does.Not.Contain("s3cret"));
    }

    [TestCase("postgres://tuner:s3cret@db/studies")]
    [TestCase("Host=db;Passwort=s3cret")]
    [TestCase("Host=db;Port=s3cret")]
    public void New_withAConnectionStringThatIsNone_saysHowToWriteIt_withoutRepeatingIt(string connectionString)
    {
        var thrown = Assert.Throws<ModelTrainingException>(() => new PostgreSqlStudyStorage(connectionString, "digits").Dispose())!;

        Assert.That(thrown.Id, Is.EqualTo("MT4410"));
        Assert.That(thrown.Message, Does.Contain("Host=…;Database=…"));
        Assert.That(thrown.ToString(), Does.Not.Contain("s3cret"));
    }

    private static IEnumerable<TestCaseData> WrongOptions()
    {
        yield return Case("Schema", o => o with { Schema = " " });
        yield return Case("Patience", o => o with { Patience = TimeSpan.FromSeconds(-1) });

        static TestCaseData Case(string says, Func<PostgreSqlStorageOptions, PostgreSqlStorageOptions> configure) => new TestCaseData(says, configure).SetArgDisplayNames(says);
    }

    [TestCaseSource(nameof(WrongOptions))]
    public void New_withWrongOptions_saysWhich(string says, Func<PostgreSqlStorageOptions, PostgreSqlStorageOptions> configure)
    {
        var thrown = Assert.Throws<ModelTrainingException>(() => new PostgreSqlStudyStorage("Host=db", "digits", configure).Dispose())!;

        Assert.That(thrown.Id, Is.EqualTo("MT1861"));
        Assert.That(thrown.Message, Does.Contain($"'{says}'"));
    }
}
