using System.Runtime.ExceptionServices;

namespace ModelTraining;

/// <summary>Works on columns side by side. Columns do not depend on each other, so the result does not depend on the number of threads.</summary>
internal static class ColumnLoop
{
    /// <summary>Calls <paramref name="work"/> for 0 to <paramref name="count"/> − 1. What it throws comes out as it was thrown.</summary>
    public static void Run(int count, int threads, Action<int> work)
    {
        if (count < 2 || threads < 2)
        {
            for (var i = 0; i < count; i++) work(i);
            return;
        }

        try
        {
            Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = threads }, work);
        }
        catch (AggregateException failures)
        {
            ExceptionDispatchInfo.Throw(failures.InnerExceptions[0]);
        }
    }
}
