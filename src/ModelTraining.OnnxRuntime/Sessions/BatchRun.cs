namespace ModelTraining;

/// <summary>Runs many rows through a session, batch by batch, on one thread or several. Each batch writes to its own part of the result.</summary>
internal static class BatchRun
{
    /// <summary>Batches smaller than this are not worth a thread.</summary>
    private const int SmallestShare = 256;

    public static void Over(ModelSession session, RowSource rows, PredictionTable result, int threads, int batchSize, CancellationToken cancellationToken)
    {
        if (rows.Count == 0) return;
        threads = Math.Clamp(rows.Count / SmallestShare, 1, threads);

        // The same number of batches for each thread, all of a size: with three for two threads, one would wait for the other.
        var batches = Rounded(Rounded(rows.Count, batchSize) / batchSize, threads);
        batchSize = Rounded(rows.Count, batches) / batches;
        batches = Rounded(rows.Count, batchSize) / batchSize;
        var next = -1;
        if (threads == 1)
        {
            Work();
            return;
        }

        try
        {
            Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken }, _ => Work());
        }
        catch (AggregateException exception)
        {
            // Several threads may have met a wrong value; one is enough to say.
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(exception.InnerExceptions[0]);
        }

        void Work()
        {
            BoundBatch? batch = null;
            try
            {
                while (Interlocked.Increment(ref next) is var i && i < batches)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    var start = i * batchSize;
                    var count = Math.Min(batchSize, rows.Count - start);
                    if (batch is null || batch.Rows != count)
                    {
                        batch?.Dispose();
                        batch = session.Create(count);
                    }

                    rows.Fill(batch, start);
                    session.Run(batch);
                    result.Take(batch, start);
                }
            }
            finally
            {
                batch?.Dispose();
            }
        }
    }

    /// <summary>The first multiple of <paramref name="unit"/> that is not less than <paramref name="number"/>.</summary>
    private static int Rounded(int number, int unit) => checked(number + unit - 1) / unit * unit;
}
