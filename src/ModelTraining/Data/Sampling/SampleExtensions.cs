using System.Globalization;

namespace ModelTraining;

/// <summary>
/// Parts of a source: to try things out, or where all of it does not fit into memory. The rows that are not taken are left out while the source is read, in
/// one pass, and take no memory; a source that is no one of this library's gives its whole table first. The report says how many of how many rows were taken.
/// </summary>
public static class SampleExtensions
{
    extension(IDataSource source)
    {
        /// <summary>
        /// As many rows, drawn at random and in the order of the source: each has the same chance, so that classes and groups have about the shares that they have in
        /// all rows. The same seed (<c>WithSeed</c>) draws the same rows. All rows when there are not more.
        /// </summary>
        /// <param name="rows">How many rows, at least 1. Up to twice as many (and 4,096 more) are held while reading; with <paramref name="stratify"/> of each class.</param>
        /// <param name="stratify">
        /// Whether each class of the label has just its share of the rows, and at least one, as a rare one needs (a stratified sample with proportional allocation). The
        /// label has at most 1,000 classes; missing ones are one. Default false: shares vary as chance has it.
        /// </param>
        public IDataSource Sample(int rows, bool stratify = false) => Part(
            source,
            stratify ? Written($"stratified sample of {rows:N0} rows") : Written($"sample of {rows:N0} rows"),
            rows < 1 ? Few("Sample", rows) : null,
            random => stratify ? new StratifiedRows(rows, random) : new RandomRows(rows, random));

        /// <summary>A share of the rows, drawn at random and in the order of the source: each row by itself, so that the number is not exact. The same seed (<c>WithSeed</c>) draws the same rows.</summary>
        /// <param name="share">The chance of a row, in (0, 1]: 0.1 takes about every tenth.</param>
        /// <param name="stratify">
        /// Whether just this share is taken of each class of the label, rounded to whole rows, and at least one. Up to twice as many rows (and some thousands more) are held
        /// while reading. The label has at most 1,000 classes; missing ones are one. Default false.
        /// </param>
        public IDataSource Sample(double share, bool stratify = false) => Part(
            source,
            stratify ? Written($"stratified sample of {share:P3}") : Written($"sample of {share:P3}"),
            share is > 0 and <= 1 ? null : new Problem("MT1111", Written($"The share that Sample takes must be in (0, 1]. Got {share}.")),
            random => stratify ? new StratifiedShare(share, random) : new RandomShare(share, random));

        /// <summary>The first rows; what follows them is not read. A file that is sorted has other rows at its end: <c>Sample</c> takes from all of it.</summary>
        /// <param name="rows">How many rows, at least 1.</param>
        public IDataSource Take(int rows) => Part(source, Written($"first {rows:N0} rows"), rows < 1 ? Few("Take", rows) : null, _ => new FirstRows(rows));
    }

    private static SampledSource Part(IDataSource source, string taken, Problem? problem, Func<SeededRandom, RowSampler> create)
    {
        ArgumentNullException.ThrowIfNull(source);
        return new SampledSource(source, taken, problem, create);
    }

    private static Problem Few(string verb, int rows) => new("MT1110", Written($"{verb} takes at least 1 row. Got {rows}."));

    private static string Written(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
