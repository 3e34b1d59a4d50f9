namespace ModelTraining;

/// <summary>
/// Makes a step of a batch, in parts where the whole does not fit into memory: their gradients are gathered, each by its share of the rows, so that the update is that of the whole. What a step is refused
/// memory for has gathered nothing, so that it alone is made again, in halves.
/// </summary>
/// <param name="source">Where batches come from.</param>
/// <param name="retries">Whether parts are tried; otherwise what is refused memory is an error.</param>
/// <param name="context">Warns.</param>
internal sealed class FittingSteps(IBatchSource source, bool retries, TrainingContext context)
{
    private readonly Dictionary<int, TrainingBatch> _parts = [];

    /// <summary>What the last step was made with.</summary>
    public TrainingBatch? Last { get; private set; }

    /// <summary>A step of a batch.</summary>
    /// <param name="session">What is trained.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="rows">Its rows, which count together.</param>
    /// <param name="settings">How the whole is made.</param>
    /// <param name="position">Keeps how many rows fit.</param>
    public StepResult Step(ITrainingSession session, TrainingBatch batch, ReadOnlySpan<int> rows, in StepSettings settings, LoopPosition position)
    {
        if (position.PartRows == 0 || rows.Length <= position.PartRows)
        {
            try
            {
                return session.Step(Last = batch, settings);
            }
            catch (Exception exception) when (retries && rows.Length > 1 && MemoryRefusal.Is(exception))
            {
                Halve(rows.Length, position);
            }
        }

        var (whole, loss, result, done, number) = (source.Weight(rows), 0.0, default(StepResult), 0, 0UL);
        // Rows at the end that count nothing would leave the update to a part without gradients.
        while (source.Weight(rows[^1..]) == 0) rows = rows[..^1];
        while (done < rows.Length)
        {
            var count = Math.Min(position.PartRows, rows.Length - done);
            var part = rows.Slice(done, count);
            var weight = source.Weight(part);
            if (weight > 0)
            {
                try
                {
                    result = session.Step(Last = Filled(part), settings with { Share = settings.Share * weight / whole, Update = settings.Update && done + count == rows.Length, NoiseSeed = settings.NoiseSeed + (number * 0x9E3779B97F4A7C15UL) });
                }
                catch (Exception exception) when (count > 1 && MemoryRefusal.Is(exception))
                {
                    Halve(count, position);
                    continue;
                }

                loss += result.Loss * weight / whole;
                if (!double.IsFinite(loss)) return result;
            }

            done += count;
            number++;
        }

        return result with { Loss = loss };
    }

    private void Halve(int rows, LoopPosition position)
    {
        position.PartRows = (rows + 1) / 2;
        context.Warn($"A batch of {rows} rows does not fit into memory: it is trained in parts of {position.PartRows} rows, whose gradients are gathered. State 'BatchSize' = {position.PartRows} and 'GradientAccumulationSteps' to save the attempt.");
    }

    private TrainingBatch Filled(ReadOnlySpan<int> rows)
    {
        if (!_parts.TryGetValue(rows.Length, out var part)) _parts[rows.Length] = part = new TrainingBatch(source.Inputs, rows.Length);
        source.Fill(part, rows);
        return part;
    }
}
