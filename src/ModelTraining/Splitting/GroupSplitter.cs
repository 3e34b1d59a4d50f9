namespace ModelTraining;

/// <summary>Divides rows so that those of a group stay together.</summary>
internal sealed class GroupSplitter(SplitOptions options)
{
    private readonly double[] _shares = [1 - options.Test - options.Validation, options.Validation, options.Test];

    /// <exception cref="ModelTrainingException">MT2310: there are too few rows. MT2313: there are fewer groups than parts.</exception>
    public DataSplit Split(Column column, Target target, SeededRandom random)
    {
        Splitter.CheckRowCount(options, column.Count);
        var groups = GroupDealer.Groups(column);
        var partCount = _shares.Count(share => share > 0);
        if (groups.Count < partCount)
        {
            throw new ModelTrainingException("MT2313",
                $"Column '{column.Name}', which the 'GroupBy' option of Split names, has {groups.Count} groups for {partCount} parts. Choose a column of more values{(partCount > 2 ? ", or set 'Validation' to 0" : "")}.");
        }

        var stratified = options.Stratify ?? target.Task != LearningTask.Regression;
        var parts = GroupDealer.Deal(groups, stratified ? Splitter.Strata(target) : new int[column.Count], _shares, random);
        return Splitter.ToSplit(Array.ConvertAll(parts, part => (byte)part), stratified);
    }
}
