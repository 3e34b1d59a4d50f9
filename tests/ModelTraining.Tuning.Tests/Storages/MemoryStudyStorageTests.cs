namespace ModelTraining.Tests.Storages;

internal sealed class MemoryStudyStorageTests : StudyStorageConformance
{
    private MemoryStudyStorage _storage = new();

    [SetUp]
    public void New() => _storage = new MemoryStudyStorage();

    private protected override IStudyStorage Open() => _storage;
}
