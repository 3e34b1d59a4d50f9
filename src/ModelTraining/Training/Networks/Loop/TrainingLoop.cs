namespace ModelTraining;

/// <summary>
/// Trains a session over epochs: shuffled batches, gathered gradients, schedule, averages, validation, early stopping, checkpoints, progress. What it does in a step
/// follows from the seed and the position alone, so that going on from a checkpoint gives the same bits as never having stopped.
/// </summary>
/// <param name="sessions">What is trained.</param>
/// <param name="source">Where batches come from.</param>
/// <param name="rows">The rows to learn from.</param>
/// <param name="validation">The score on the validation part; null where there is none.</param>
/// <param name="options">How.</param>
/// <param name="context">Seed, progress, clock.</param>
/// <param name="checkpoints">Where to keep checkpoints; null for nowhere.</param>
internal sealed class TrainingLoop(
    TrainedSessions sessions, IBatchSource source, int[] rows, ValidationScore? validation, NetworkOptions options, TrainingContext context, CheckpointFolder? checkpoints)
{
    private readonly ulong _noise = context.Random.Fork("dropout").NextBits();
    private readonly SeededRandom _order = context.Random.Fork("order");
    private readonly LoopProgress _progress = new(options, context, rows.Length);
    private readonly FittingSteps _steps = new(source, options.RetryOnOutOfMemory, context);
    private readonly long _batchesPerEpoch = (rows.Length + options.BatchSize - 1) / options.BatchSize;
    private LoopPosition _position = new();
    private Dictionary<string, float[]>? _best;

    private ITrainingSession Session => sessions.Current;

    private long UpdatesPerEpoch => UpdatesIn(rows.Length, options);

    /// <summary>The updates of an epoch over so many rows.</summary>
    public static long UpdatesIn(int rows, NetworkOptions options)
    {
        var batches = ((long)rows + options.BatchSize - 1) / options.BatchSize;
        return (batches + options.GradientAccumulationSteps - 1) / options.GradientAccumulationSteps;
    }

    public LoopResult Run(CancellationToken cancellationToken)
    {
        if (checkpoints?.Newest(sessions) is { } newest) (_position, _best) = newest;
        using var feeder = new BatchFeeder(source, options.BatchSize);
        _progress.Start(_position);
        while (_position.Epoch < options.Epochs && !IsPatienceOut())
        {
            if (!RunEpoch(feeder, cancellationToken)) return End(RunStatus.Cancelled);
        }

        return End(RunStatus.Completed);
    }

    /// <summary>False when it was cancelled.</summary>
    private bool RunEpoch(BatchFeeder feeder, CancellationToken cancellationToken)
    {
        sessions.Enter(_position.Epoch);
        feeder.Start(Order(_position.Epoch), _position.Batch);
        while (_position.Batch < feeder.Count)
        {
            // Between updates only: gradients that were gathered belong to no checkpoint.
            if (cancellationToken.IsCancellationRequested && IsUpdated(feeder)) return Stop(cancellationToken);
            var batch = feeder.Next();
            Step(feeder, batch);
            feeder.Done();
            if (checkpoints is not null && IsUpdated(feeder)) checkpoints.SaveWhenDue(Session, _position, _best);
            _progress.Report(_position, Session);
        }

        return EndEpoch(cancellationToken) || Stop(cancellationToken);
    }

    private void Step(BatchFeeder feeder, TrainingBatch batch)
    {
        var number = _position.Batch;
        var first = number - (number % options.GradientAccumulationSteps);
        var updates = number + 1 - first == options.GradientAccumulationSteps || number + 1 == feeder.Count;
        var weight = source.Weight(feeder.Rows(number));
        // The update is made with the last batch that counts: those after it have no gradients.
        var (whole, last) = (weight, number);
        if (options.GradientAccumulationSteps > 1)
        {
            whole = 0;
            for (var i = first; i < Math.Min(first + options.GradientAccumulationSteps, feeder.Count); i++)
            {
                var each = source.Weight(feeder.Rows(i));
                whole += each;
                if (each > 0) last = i;
            }
        }

        var settings = new StepSettings
        {
            LearningRate = options.LearningRate * Factor(),
            WeightDecay = options.WeightDecay,
            MaxGradNorm = options.MaxGradNorm,
            Share = whole > 0 ? weight / whole : 0,
            Update = number == last,
            NoiseSeed = _noise + ((ulong)((_position.Epoch * _batchesPerEpoch) + number) * 0xD1B54A32D192ED03UL),
            AverageShare = options.Averaging?.Share(_position.Updates + 1, UpdatesPerEpoch, options.Epochs) ?? 0,
        };
        // Rows that count nothing have no mean loss.
        if (weight > 0)
        {
            var result = _steps.Step(Session, batch, feeder.Rows(number), settings, _position);
            if (!double.IsFinite(result.Loss) || (settings.Update && !result.Skipped && !double.IsFinite(result.GradNorm))) throw Diverged(feeder, settings, result);
            _position.LossSum += result.Loss * weight;
            _position.WeightSum += weight;
        }

        _position.Batch++;
        if (updates) _position.Updates++;
    }

    private bool IsUpdated(BatchFeeder feeder) => _position.Batch % options.GradientAccumulationSteps == 0 || _position.Batch == feeder.Count;

    private double Factor()
    {
        var (step, steps) = (_position.Updates, UpdatesPerEpoch * options.Epochs);
        var warmup = (long)Math.Ceiling(options.WarmupRatio * steps);
        if (step < warmup) return (step + 1.0) / warmup;
        return options.Schedule.Factor(new TrainingMoment(step - warmup, steps - warmup, _position.Epoch, _position.Monitored));
    }

    /// <summary>False when it was cancelled.</summary>
    private bool EndEpoch(CancellationToken cancellationToken)
    {
        var training = _position.LossSum / _position.WeightSum;
        Dictionary<string, float[]>? weights = null;
        if (options.Averaging is not null)
        {
            weights = Session.CopyWeights();
            Session.UseAverages();
        }

        try
        {
            var (loss, score) = validation?.Of(Session, cancellationToken) ?? (double.NaN, training);
            _position.Training.Add(training);
            if (validation is not null) _position.Validation.Add(loss);
            _position.Monitored.Add(score);
            if (double.IsNaN(score) && options.Monitor == "loss")
            {
                throw new ModelTrainingException("MT3066", FormattableString.Invariant($"The loss on the validation part is not finite after epoch {_position.Epoch + 1} (rows {NotFiniteRows.Named(Session, source, validation?.NotFinite ?? [], context)}). Lower 'LearningRate' ({options.LearningRate}), set 'MaxGradNorm' or 'WarmupRatio', or look at these rows."));
            }

            if (double.IsNaN(score)) throw new ModelTrainingException("MT3067", $"The monitored '{options.Monitor}' is not defined on the validation part, so there is nothing to stop by. Choose another 'Monitor', or a larger validation part.");
            if (_position.BestEpoch == 0 || score < _position.BestScore - options.MinDelta)
            {
                _position.BestEpoch = _position.Monitored.Count;
                if (validation is not null && options.RestoreBestWeights) _best = Session.CopyWeights();
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return false;
        }
        finally
        {
            if (weights is not null) Session.WriteAll(weights);
        }

        (_position.Epoch, _position.Batch, _position.LossSum, _position.WeightSum) = (_position.Epoch + 1, 0, 0, 0);
        _progress.Epoch(_position, Session);
        return true;
    }

    private bool IsPatienceOut() => validation is not null && _position.Epoch - Math.Max(_position.BestEpoch, sessions.ThawedIn(_position.Epoch)) >= options.Patience && _position.BestEpoch > 0;

    private bool Stop(CancellationToken cancellationToken)
    {
        if (_position.Updates == 0) throw new OperationCanceledException(cancellationToken);
        checkpoints?.Save(Session, _position, _best);
        return false;
    }

    private LoopResult End(RunStatus status)
    {
        if (_best is null && options.Averaging is not null) Session.UseAverages();
        var best = _best is null ? Math.Max(_position.Monitored.Count, 1) : _position.BestEpoch;
        return new LoopResult(_best ?? Session.CopyWeights(), new TrainingHistory("loss", "epochs", _position.Training, _position.Validation, best), status);
    }

    /// <summary>The rows in the order of an epoch, which depends on nothing but the seed and its number.</summary>
    private int[] Order(int epoch)
    {
        var order = rows.ToArray();
        _order.Fork(epoch.ToString(System.Globalization.CultureInfo.InvariantCulture)).Shuffle(order.AsSpan());
        return order;
    }

    private ModelTrainingException Diverged(BatchFeeder feeder, in StepSettings settings, StepResult result)
    {
        var named = NotFiniteRows.Named(Session, source, feeder.Rows(_position.Batch), context);
        var node = Session.FindNotFinite(_steps.Last!, settings);
        var what = double.IsFinite(result.Loss) ? "A gradient" : "The loss";
        return new ModelTrainingException("MT3066", FormattableString.Invariant(
            $"{what} is not finite at update {_position.Updates + 1} (epoch {_position.Epoch + 1}, batch {_position.Batch + 1} of {feeder.Count}, rows {named}){(node is null ? "; each number is finite, and their norm is not" : $"; the first node with such an output is {node}")}. Lower 'LearningRate' ({options.LearningRate}), set 'MaxGradNorm' or 'WarmupRatio', or look at these rows."));
    }
}
