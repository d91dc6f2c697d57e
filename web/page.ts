/** The page at "/": opens without a network too, once it has been visited. The chat itself is the widget's. */
if ("serviceWorker" in navigator) void navigator.serviceWorker.register("/sw.js").catch(() => {});
