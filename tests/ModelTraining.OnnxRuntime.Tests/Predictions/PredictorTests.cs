using ModelTraining.Onnx;

namespace ModelTraining.Tests.Predictions;

internal sealed class PredictorTests
{
    [Test]
    public void Load_of_a_path_and_of_bytes_give_the_same_model()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var path = Path.Combine(folder.FullName, "shop.onnx");
            OnnxFile.Save(Shop.Graph(), path);
            using var fromPath = Predictor.Load(path);
            using var fromBytes = Predictor.Load(File.ReadAllBytes(path));
            Assert.That(fromPath.Predict(Shop.Row()).Value, Is.EqualTo(fromBytes.Predict(Shop.Row()).Value));
            Assert.That(fromPath.Manifest.Trainer, Is.EqualTo("ByHand"));
            Assert.That(fromPath.Schema.Select(column => column.Name), Is.EqualTo(new[] { "age", "visits", "is-member", "city", "since" }));
            Assert.That(fromPath.Schema["age"].Format.DecimalComma);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Test]
    public void Load_of_what_is_no_model_of_ours_says_so()
    {
        var plain = new Graph();
        plain.Output("y", plain.Input("x", ElementType.Float, 1).Neg());
        var broken = Shop.Graph();
        broken.Output("odd", broken.Add("NoSuchOperator", [broken["age"]], ElementType.Float));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => Predictor.Load("none.onnx"), Fails("MT4206", "none.onnx"));
            Assert.That(() => Predictor.Load("text"u8.ToArray()), Fails("MT4200", "no ONNX model"));
            Assert.That(() => Predictor.Load(OnnxFile.ToBytes(plain)), Fails("MT4210", "not exported by this library"));
            Assert.That(() => Predictor.Load(OnnxFile.ToBytes(broken)), Fails("MT4213", "NoSuchOperator"));
            Assert.That(() => Predictor.Load(OnnxFile.ToBytes(Shop.Graph()), options => options with { Threads = 0, BatchSize = -1 }), Fails("MT1501", "MT1502"));
        }
    }

    [Test]
    public void Load_of_a_damaged_model_predicts_or_explains()
    {
        var model = OnnxFile.ToBytes(Shop.Graph(LearningTask.BinaryClassification));
        var random = new SeededRandom(5);
        var explained = 0;
        for (var round = 0; round < 60; round++)
        {
            byte[] damaged = [.. model];
            damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            try
            {
                using var predictor = Predictor.Load(damaged);
                predictor.Predict(Shop.Row());
            }
            catch (ModelTrainingException)
            {
                explained++;
            }
        }

        Assert.That(explained, Is.InRange(20, 59));
    }

    [Test]
    public void Predict_from_many_threads_at_once_gives_each_its_own([Values] LearningTask task)
    {
        if (task == LearningTask.MulticlassClassification) task = LearningTask.BinaryClassification;
        using var predictor = Shop.Predictor(task);
        var expected = Enumerable.Range(0, 64).Select(age => predictor.Predict(Shop.Row(("age", age), ("city", age % 3 == 0 ? "Zürich" : "Bern")))).ToArray();
        Parallel.For(0, 8, new ParallelOptions { MaxDegreeOfParallelism = 8 }, thread =>
        {
            for (var i = 0; i < 200; i++)
            {
                var age = (i * 7 + thread) % 64;
                var prediction = predictor.Predict(Shop.Row(("age", age), ("city", age % 3 == 0 ? "Zürich" : "Bern")));
                if (prediction.Value != expected[age].Value || prediction.Probability != expected[age].Probability) throw new AssertionException($"Age {age} gave {prediction}, not {expected[age]}.");
            }
        });
    }

    [Test]
    public void Predict_after_Dispose_fails()
    {
        var predictor = Shop.Predictor();
        predictor.Predict(Shop.Row());
        predictor.Dispose();
        predictor.Dispose();
        Assert.That(() => predictor.Predict(Shop.Row()), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(() => predictor.Predict(PredictTableTests.Table(3)), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(predictor.Manifest.Task, Is.EqualTo(LearningTask.Regression));
    }

    [Test]
    public void Dispose_while_others_predict_lets_them_finish()
    {
        for (var round = 0; round < 20; round++)
        {
            var predictor = Shop.Predictor();
            using var start = new Barrier(4);
            Parallel.For(0, 4, new ParallelOptions { MaxDegreeOfParallelism = 4 }, thread =>
            {
                start.SignalAndWait();
                if (thread == 0)
                {
                    predictor.Dispose();
                    return;
                }

                try
                {
                    for (var i = 0; i < 100; i++) if (predictor.Predict(Shop.Row()).Value != 11230) throw new AssertionException("A wrong value.");
                }
                catch (ObjectDisposedException)
                {
                }
            });
        }
    }

    [Test]
    public void Predict_a_thousand_times_leaves_memory_flat()
    {
        using var predictor = Shop.Predictor(LearningTask.BinaryClassification);
        var row = Shop.Row();
        for (var i = 0; i < 100; i++) predictor.Predict(row);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++) predictor.Predict(row);
        Assert.That((GC.GetAllocatedBytesForCurrentThread() - before) / 1000, Is.LessThan(256), "bytes a prediction");
        var held = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < 1000; i++) predictor.Predict(row);
        Assert.That(GC.GetTotalMemory(forceFullCollection: true) - held, Is.LessThan(64 * 1024));
    }

    private static NUnit.Framework.Constraints.ContainsConstraint Fails(string id, string says) =>
        Throws.TypeOf<ModelTrainingException>().With.Property("Id").EqualTo(id).And.Message.Contains(says);
}
